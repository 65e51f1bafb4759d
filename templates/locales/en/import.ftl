# The text of a contract becomes its clauses
import-title = Import clauses
import-lead = The text of a contract is taken apart into its clauses. You confirm what was found before anything is saved.
import-text = Text of the contract
import-text-hint = From a PDF or a word processor: open it, select all, copy, and paste here
import-file = Or a text file (.txt)
import-file-hint = Choose it, or drag it onto this field. A file goes before what is pasted above
import-split = Find the clauses
import-found-title = Confirm the clauses
import-found-lead = Nothing is saved yet. Tick what shall be taken, and check that the words are exactly those of the print.
import-again = Enter another text
import-count = { $count ->
    [one] One clause was found
   *[other] { $count } clauses were found
 } (at most { $most } at once).
import-too-many = { $count } clauses were found. At most { $most } can be taken at once, and only the first { $most } are shown. Save these, then enter the rest of the text.
import-cut = The text is longer than 2 MB; what is beyond that was not read. Enter the rest of it afterwards.
import-known = Number already on record
import-no-number = Part without a number
import-take = Take this clause
import-save = Save the ticked clauses
import-none-ticked = No clause is ticked. Nothing was saved. Tick the clauses that shall be taken.
import-nothing = No clause was found. Nothing was saved. Paste a text with numbers such as “Article 1”, or choose a text file.
import-empty = There is no text in this file. Nothing was saved. Choose another file, or paste the text.
import-too-large = This file is longer than 25 MB. Nothing was saved. Copy the part that matters, and paste it.
import-pdf = This is a PDF, which cannot be read here. Nothing was saved. Open it, select all, copy, and paste the text above.
import-word = This is a document of a word processor, which cannot be read here. Nothing was saved. Copy its text and paste it above, or save it as text (.txt).
import-binary = This file is no text. Nothing was saved. Choose a text file (.txt), or paste the text.
