package source

// mostSamples is how many rows a person is shown.
const mostSamples = 20

// tryPage reads the first page.
func (r *reading) tryPage() (Trial, error) {
	trial := Trial{Samples: []Sample{}, Total: -1}
	with := r.rounds()[0]
	at, err := r.firstAddress(with)
	if err != nil {
		return trial, err
	}
	read, err := r.page(at, nil)
	if read.document == nil {
		trial.Beginning = r.fetch.hide(first(read.text, longestRaw))
		return trial, err
	}
	trial.Beginning = r.fetch.hide(read.beginning())
	trial.Lists, trial.Names = read.offers()
	if err != nil {
		return trial, err
	}
	walk := newRound()
	if err := walk.step(read, 0, r.config.Paging.Way); err != nil {
		return trial, err
	}
	for i, it := range read.items {
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
	trial := Trial{Samples: []Sample{}, Total: len(items), Names: titles}
	for i, it := range items {
		if i < mostSamples {
			trial.Samples = append(trial.Samples, r.mapping.sample(it.line, it, nil))
		}
		trial.Shape.add(r.mapping.row(it.line, it, nil))
	}
	return trial
}
