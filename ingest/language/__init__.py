"""English news text as rules see it: quotations, blocks, sentences with their parse, and who is mentioned where."""
