"""What an article is about, told from its text: the ``story`` of an audit record."""
