"""How the node and the process that decodes pictures talk, byte for byte.

request    kind (p picture, a avatar) | longest side | small side | length | the file
answer     k | count | count x (width | height | length | bytes), or the letter of a refusal
"""

import struct
from typing import Final

REQUEST: Final = struct.Struct(">cHHI")
COUNT: Final = struct.Struct(">cB")
RENDITION: Final = struct.Struct(">HHI")

PICTURE, AVATAR = b"p", b"a"
DONE, TOO_LARGE, UNREADABLE = b"k", b"l", b"u"
