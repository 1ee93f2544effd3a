"""What newsrooms put into their own programs: a component for web pages, an extension for LibreOffice."""
