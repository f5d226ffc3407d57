package pb_hooks

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// questionsPage is how many questions a page of their column groups: more than a
// school has, so that a topic is on one page.
const questionsPage = 100

// otherTopic is what a question without a topic stands under.
const otherTopic = "其他问题"

// fillQuestions groups the questions of a column by topic, with their answers.
func (r reader) fillQuestions(ctx context.Context, d *records.Directory, s *records.School, c standard.Column, v *site.ColumnPage) (err error) {
	if v.Total, err = r.p.public.Total(ctx, s.ID, c.Code); err != nil {
		return err
	}
	v.Column.Items, v.Pages = v.Total, (v.Total+questionsPage-1)/questionsPage
	list, err := r.p.public.Questions(ctx, s.ID, c.Code, questionsPage, (v.Page-1)*questionsPage)
	if err != nil {
		return err
	}
	v.Items, v.Topics = itemViews(d, list), topicsOf(c, list)
	if len(list) > 0 && v.Page == 1 {
		v.Column.LatestAt = instant(list[0].PublishedAt)
	}
	return nil
}

// topicsOf groups questions: the topics with the most first, the newest questions
// of each first.
func topicsOf(c standard.Column, list []records.PublicArticle) []site.Topic {
	topics := []site.Topic{}
	for _, a := range list {
		questions := questionsOf(c, a)
		if len(questions) == 0 { // written before the column asked for fields
			questions = []site.Question{{Article: a.ID, Question: a.Title, Answer: a.Summary, CheckedOn: a.CheckedOn}}
		}
		for _, q := range questions {
			name := cmp.Or(q.Topic, otherTopic)
			at := slices.IndexFunc(topics, func(t site.Topic) bool { return t.Name == name })
			if at < 0 {
				at, topics = len(topics), append(topics, site.Topic{Name: name})
			}
			topics[at].Questions = append(topics[at].Questions, q)
		}
	}
	slices.SortStableFunc(topics, func(a, b site.Topic) int {
		switch {
		case a.Name == otherTopic:
			return 1
		case b.Name == otherTopic:
			return -1
		}
		return cmp.Or(len(b.Questions)-len(a.Questions), strings.Compare(a.Name, b.Name))
	})
	return topics
}

// helpful is how many found an answer helpful, once they are enough to say so.
func (r reader) helpful(article string) (int, error) {
	counts, err := countsOf(r.p.app, article)
	if err != nil || counts[countHelpful] < fewestTold {
		return 0, err
	}
	return counts[countHelpful], nil
}
