"""What a text means: a country, a link, an answer of Meta. Pure."""
