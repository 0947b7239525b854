"""Where the pages of the training find their use cases in the application."""

from node.training.service import Training
from node.web.keys import AppKey

TRAINING = AppKey("training", Training)
