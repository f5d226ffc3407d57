package source

import (
	"strings"

	"github.com/spf13/cast"

	"gongkai/pb_hooks/registry"
)

// mostSamples is how many rows a person is shown.
const mostSamples = 20

// newTrial has no list that is null in JSON.
func newTrial() Trial {
	return Trial{Samples: []Sample{}, Shape: Shape{Fields: map[string]int{}}, Total: -1, Lists: []string{}, Places: []Place{}}
}

// tryPage reads the first page.
func (r *reading) tryPage() (Trial, error) {
	trial := newTrial()
	with := r.rounds()[0]
	at, err := r.firstAddress(with)
	if err != nil {
		return trial, err
	}
	read, err := r.page(at, nil)
	if read.document == nil {
		trial.Beginning = first(r.fetch.hide(read.text), longestRaw)
		return trial, err
	}
	trial.Beginning = r.fetch.hide(read.beginning())
	lists, places := read.offers()
	rows, _ := read.rows() // also those of which the mapping finds nothing; that there are none is said already
	trial.Lists, trial.Places = append(trial.Lists, lists...), append(trial.Places, withExamples(places, rows)...)
	for i := range trial.Places {
		trial.Places[i].Example = r.fetch.hide(trial.Places[i].Example)
	}
	if err != nil {
		return trial, err
	}
	walk := newRound()
	if err := walk.step(read, 0, r.config.Paging.Way); err != nil {
		return trial, err
	}
	for i, it := range read.items {
		if r.isLeft(it) {
			continue
		}
		if i < mostSamples {
			if one, is := it.(*htmlItem); is && r.config.Detail != "" {
				if _, err := r.readDetail(one); err != nil {
					return trial, err
				}
			}
			sample := r.mapping.sample(i+1, it, with)
			sample.Raw = r.fetch.hide(sample.Raw)
			trial.Samples = append(trial.Samples, sample)
		}
		trial.Shape.add(r.mapping.row(i+1, it, with))
	}
	trial.Total = read.total
	next, err := r.nextAddress(walk, read, with, 0)
	trial.More = next != nil
	return trial, err
}

// trialOf shows the rows of a file.
func (r *reading) trialOf(titles []string, items []sheetItem) Trial {
	trial := newTrial()
	trial.Total, trial.Places = len(items), append(trial.Places, withExamples(placesOf(titles), items)...)
	for i, it := range items {
		if i < mostSamples {
			trial.Samples = append(trial.Samples, r.mapping.sample(it.line, it, nil))
		}
		trial.Shape.add(r.mapping.row(it.line, it, nil))
	}
	return trial
}

// placesOf are places whose name is also what the source calls them.
func placesOf(names []string) (places []Place) {
	for _, name := range names {
		title := name[strings.LastIndex(name, ".")+1:]
		places = append(places, Place{Name: name, Title: title})
	}
	return places
}

// longestExample is how many characters of a place are shown beside it.
const longestExample = 40

// withExamples adds to places what stands there in the first row that has something there, and the field that is called so.
func withExamples[I item](places []Place, items []I) []Place {
	for i := range places {
		place := &places[i]
		place.Field = registry.FieldOf(place.Title)
		for _, it := range items[:min(len(items), mostSamples)] {
			if place.Example = first(cast.ToString(it.value(Field{From: []string{place.Name}})), longestExample); place.Example != "" {
				break
			}
		}
	}
	return places
}
