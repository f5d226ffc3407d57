package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
)

// occasion is what gave occasion to an order.
type occasion struct {
	words  string
	school string // the one that has it in hand; "" is any
}

// occasionOf finds what an order refers to. It names a case by its number alone: what
// was written in it is not told again.
func (p *platform) occasionOf(app core.App, source order.Source, ref string) (occasion, error) {
	none := refused("ref", "order_malformed", "没有这一件，请从它的页面发督办")
	switch source {
	case order.FromIndicator:
		return occasion{words: source.Name() + " " + ref}, nil
	case order.FromRequest:
		r, err := app.FindRecordById(records.FOIRequests, ref)
		if err != nil {
			return occasion{}, none
		}
		return occasion{source.Name() + " " + r.GetString("number"), r.GetString("school")}, nil
	case order.FromInquiry:
		r, err := app.FindRecordById(records.Inquiries, ref)
		if err != nil {
			return occasion{}, none
		}
		if r.GetString("unit") == bureauUnit { // the school may not know of it
			return occasion{}, refused("ref", "order_malformed", "这件来信由区教育局办理，不能由它发督办；请另写一件，不要提到来信")
		}
		return occasion{source.Name() + " " + r.GetString("number"), r.GetString("unit")}, nil
	case order.FromFinding:
		r, err := app.FindRecordById(records.Articles, ref)
		if err != nil {
			return occasion{}, none
		}
		return occasion{clip("内容检查："+r.GetString("title"), 200), r.GetString("school")}, nil
	}
	return occasion{}, nil
}

// linkOfOccasion is the page of what gave occasion to an order; "" if it has none.
func linkOfOccasion(paper *core.Record) string {
	ref := paper.GetString("ref")
	switch order.Source(paper.GetString("source")) {
	case order.FromRequest:
		return "/requests/" + ref
	case order.FromInquiry:
		return "/inquiries/" + ref
	case order.FromFinding:
		return "/articles/" + ref
	}
	return ""
}
