"""Who is in an article: names, gender, quotes, function, as the Global Media Monitoring Project counts people."""
