"""From message keys and small values to what a chat shows: templates, languages, names of places and days."""
