package source

// mostSamples is how many rows a person is shown.
const mostSamples = 20

// newTrial has no list that is null in JSON.
func newTrial() Trial {
	return Trial{Samples: []Sample{}, Shape: Shape{Fields: map[string]int{}}, Total: -1, Lists: []string{}, Names: []string{}}
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
	lists, names := read.offers()
	trial.Lists, trial.Names = append(trial.Lists, lists...), append(trial.Names, names...)
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
	trial.Total, trial.Names = len(items), append(trial.Names, titles...)
	for i, it := range items {
		if i < mostSamples {
			trial.Samples = append(trial.Samples, r.mapping.sample(it.line, it, nil))
		}
		trial.Shape.add(r.mapping.row(it.line, it, nil))
	}
	return trial
}
