"""The verbs of this room, under one name."""

from voting.papers.service import scanning as scanning
from voting.papers.service.counting import confirm as confirm
from voting.papers.service.counting import leave_out as leave_out
from voting.papers.service.counting import reject as reject
from voting.papers.service.issuing import hand_back as hand_back
from voting.papers.service.issuing import issue as issue
from voting.papers.service.issuing import merge as merge
from voting.papers.service.issuing import open_box as open_box
from voting.papers.service.keying import agree as agree
from voting.papers.service.keying import begin as begin
from voting.papers.service.keying import only_sums as only_sums
from voting.papers.service.keying import read as read
from voting.papers.service.keying import restart as restart
from voting.papers.service.keying import settle as settle
