"""How the node and the process that decodes pictures talk, byte for byte.

request    kind (p picture, m of a post, a avatar, h header) | longest side | small side | length |
           the file
answer     k | count | count x (width | height | length | bytes), or the letter of a refusal

After a picture of a post comes its blurhash, as one more item of no size.
"""

import struct
from typing import Final

REQUEST: Final = struct.Struct(">cHHI")
COUNT: Final = struct.Struct(">cB")
RENDITION: Final = struct.Struct(">HHI")

PICTURE, POSTED, AVATAR, HEADER = b"p", b"m", b"a", b"h"
DONE, TOO_LARGE, UNREADABLE = b"k", b"l", b"u"
