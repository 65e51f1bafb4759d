# Search.
search = Search
search-button = Search
search-hint = Looks in entries, statements, people, companies, clauses and names of files: try “port 25” or “03-1234”.
search-nothing = Nothing was found. Try fewer words, or other ones.
search-more = There is more. Another word narrows it down.
