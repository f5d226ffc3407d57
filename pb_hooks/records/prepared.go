package records

import (
	"context"
	"database/sql"
	"sync"
)

// prepared keeps the statements of filters that were asked before: preparing one
// takes longer than running it. There are as many as kinds of questions.
type prepared struct {
	mu   sync.Mutex
	made map[string]*sql.Stmt
}

// mostPrepared bounds them; what comes later is prepared each time.
const mostPrepared = 200

func (p *Public) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	stmt, err := p.prepared.get(ctx, p.db, text)
	if err != nil {
		return nil, err
	}
	if stmt == nil {
		return p.db.QueryContext(ctx, text, args...)
	}
	return stmt.QueryContext(ctx, args...)
}

func (c *prepared) get(ctx context.Context, db *sql.DB, text string) (*sql.Stmt, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if stmt := c.made[text]; stmt != nil || len(c.made) >= mostPrepared {
		return stmt, nil
	}
	stmt, err := db.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	if c.made == nil {
		c.made = map[string]*sql.Stmt{}
	}
	c.made[text] = stmt
	return stmt, nil
}

// close releases them.
func (c *prepared) close() (first error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, stmt := range c.made {
		if err := stmt.Close(); err != nil && first == nil {
			first = err
		}
	}
	c.made = nil
	return first
}
