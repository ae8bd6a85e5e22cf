"""The rules: cases, dates, forms and what was seen of them. Pure: no input, no output, `now` is an argument."""
