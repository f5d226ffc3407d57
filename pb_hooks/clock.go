package pb_hooks

import (
	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// followClock takes the steps whose time has come: what was cleared for a later
// hour is published, a 公示 that has run its days is taken down, and what is no
// longer valid says so. Each step is a transaction of its own, so that one that
// fails holds up no other.
func (p *platform) followClock() {
	now := p.options.Now().UTC().Format(records.InstantLayout)
	for _, due := range []struct {
		do     publication.Action
		filter string
		params dbx.Params
	}{
		{publication.Publish, "stage = 'released' && release_at <= {:now} && school.status != 'merged' && school.status != 'closed'", dbx.Params{"now": now}},
		{publication.Conclude, "state = 'published' && publicity_until != '' && publicity_until < {:day}", dbx.Params{"day": p.today()}},
		{publication.Expire, "state = 'published' && valid_until != '' && valid_until < {:day}", dbx.Params{"day": p.today()}},
	} {
		articles, err := p.app.FindRecordsByFilter(records.Articles, due.filter, "", 0, 0, due.params)
		if err != nil {
			p.app.Logger().Error("look for steps that are due", "action", due.do, "error", err)
			continue
		}
		for _, a := range articles {
			version := a.GetString("pending")
			if due.do != publication.Publish {
				version = a.GetString("published")
			}
			if err := p.step(p.app, a.Id, version, due.do, ""); err != nil {
				p.app.Logger().Error("take a step that is due", "action", due.do, "article", a.Id, "error", err)
			}
		}
	}
}
