package redact

import (
	"fmt"
	"image"
	"image/draw"
	"math"
)

// Area is what is to be black on a page, from 1: its upper left corner and its size in fractions (0 to 1) of the page as
// it is seen. A picture is page 1.
type Area struct {
	Page int     `json:"page"`
	X    float64 `json:"x"`
	Y    float64 `json:"y"`
	W    float64 `json:"w"`
	H    float64 `json:"h"`
}

const (
	least = 0.001 // of a page's side: less is no area but a slip of the hand
	slack = 1e-6  // that sums of fractions may be off
)

// check reports the first area that is none of a file of so many pages.
func check(areas []Area, pages int) error {
	switch {
	case len(areas) == 0:
		return Refusal{Why: NoAreas, Field: "areas", Sentence: "还没有框选要遮盖的地方，请至少框选一处"}
	case len(areas) > MaxAreas:
		return Refusal{Why: TooManyAreas, Field: "areas", Sentence: fmt.Sprintf("框选了 %d 处，最多 %d 处；相邻的几处可以合并成一处", len(areas), MaxAreas)}
	}
	for i, a := range areas {
		field := fmt.Sprintf("areas.%d", i)
		switch {
		case a.Page < 1 || a.Page > pages:
			return noSuchPage(field, a.Page, pages)
		case !(a.W >= least && a.H >= least): // not a number is none, too
			return Refusal{Why: EmptyArea, Field: field, Page: a.Page, Sentence: fmt.Sprintf("第 %d 页上框选的第 %d 处太小，请重新框选", a.Page, i+1)}
		case !(a.X >= -slack && a.Y >= -slack && a.X+a.W <= 1+slack && a.Y+a.H <= 1+slack):
			return Refusal{Why: OutsidePage, Field: field, Page: a.Page, Sentence: fmt.Sprintf("第 %d 页上框选的第 %d 处超出了页面，请重新框选", a.Page, i+1)}
		}
	}
	return nil
}

// blacken fills the areas of a page. A pixel that an area touches is black.
func blacken(m image.Image, page int, areas []Area) {
	b := m.Bounds()
	for _, a := range areas {
		if a.Page != page {
			continue
		}
		x0, x1 := reach(a.X, a.W, b.Dx())
		y0, y1 := reach(a.Y, a.H, b.Dy())
		draw.Draw(m.(draw.Image), image.Rect(x0, y0, x1, y1).Add(b.Min), image.Black, image.Point{}, draw.Src)
	}
}

func reach(from, length float64, pixels int) (first, end int) {
	n := float64(pixels)
	return int(math.Floor(from*n + slack)), int(math.Ceil((from+length)*n - slack))
}
