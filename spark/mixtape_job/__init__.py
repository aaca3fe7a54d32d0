"""What both jobs share: lines out of Spark through the program ``mixtape``, and back.

There is one implementation of every rule, the program's. Here bytes are only carried: nothing looks into them.
"""

from .arguments import Parser, common_arguments
from .ending import Failed, Refused, run
from .lines import Input, check_codec, save
from .places import FILE, NOTHING, Here, There, check_inputs, check_outputs, check_summary
from .program import check_words, frame, pipe, ship_program, whole_frames, whole_lines
from .session import session_of
from .spark import ON_DISK
