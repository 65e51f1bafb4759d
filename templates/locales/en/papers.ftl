# Finals: papers that are frozen, and prints held against the record.
papers = Finals
papers-lead = A final is a paper that is frozen: it has a number, its bytes are kept, and the record notes its SHA-256. It can be printed again at any time, byte for byte. It can be struck out, never changed.
papers-what = Numbered, frozen, printed again byte for byte
papers-none = No final yet. Make one before a paper leaves the house: then it can be shown later what it said, and what has changed since.
new-papers = Make a final
paper-freeze = Freeze it
label-paper-form = How much
paper-form-one-page = One page
paper-form-report = Report
label-paper-audience = For whom
label-paper-lang = Language
label-paper-note = What it is for (seen by our own people)
paper-draft = Draft
paper-final = Final no. { $n }
paper-overtaken = While it was being printed, something was recorded. Nothing was frozen. Look at the incident, then freeze it again.
paper-since-count = { $count ->
        [one] one change recorded since
       *[other] { $count } changes recorded since
    }: does it still agree?
paper-since-nothing = Nothing recorded since
paper-since = What changed since it was frozen
paper-again = Print it again
object-paper = Final
deed-papers-freeze = Frozen
deed-papers-strike_out = Struck out
field-paper_form = How much
field-audience = For whom
field-as_of = As of
field-head_count = Changes recorded
field-head_hash = Hash of the last change
against-title = Hold a print against the record
against-lead = Bring a paper, an exported JSON or a zip of ours: what was added, changed or struck out since it was made is listed. Nothing of the file is kept.
against-another = Another print
against-file = The print
against-hint = PDF, JSON or zip, up to 25 MB
against-hold = Compare
against-too-large = This file is longer than 25 MB. Take the view.json out of the zip, or bring the PDF.
against-unreadable = This is no print of ours. Bring a PDF, JSON or zip that Tellonce made, as it was made.
against-unknown = This print is of an incident that is not here, or not open to you.
against-count = { $count ->
        [one] One difference
       *[other] { $count } differences
    }
