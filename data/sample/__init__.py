"""The demonstration data: invented figures of real agencies, each row marked simulated, written as input files.

Nothing here is a statement about an agency. Figures that an article gives stand in data/reference instead and
are never simulated: the national rows of DVC01 and VB01, and DVC01 of Nghệ An on 12/02/2020.
"""

from data.sample.letters import write_letters
from data.sample.observations import write_sample
from data.sample.reports import write_reports
from data.sample.series import DEMO_CLOCK

__all__ = ["DEMO_CLOCK", "write_letters", "write_reports", "write_sample"]
