package records

import (
	"context"
	"fmt"
)

// OnceShown are the files of all versions of articles that were ever published, by
// article, offered or not.
func (p *Public) OnceShown(ctx context.Context, articles []string) (map[string][]string, error) {
	found := map[string][]string{}
	if len(articles) == 0 {
		return found, nil
	}
	rows, err := p.db.QueryContext(ctx, "SELECT DISTINCT s.article, shown.value FROM "+Steps+" s JOIN "+Versions+" v ON v.id = s.version, json_each(v.attachments) shown"+
		" WHERE s.article IN "+marks(articles)+" AND s.action IN ('publish', 'import') ORDER BY s.article, shown.value", anys(articles)...)
	if err != nil {
		return nil, fmt.Errorf("read what was shown once: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var article, file string
		if err := rows.Scan(&article, &file); err != nil {
			return nil, err
		}
		found[article] = append(found[article], file)
	}
	return found, rows.Err()
}
