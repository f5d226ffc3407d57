package records

// ArticleCounts are sums of what visitors said of an article or took from it.
const ArticleCounts = "article_counts"
