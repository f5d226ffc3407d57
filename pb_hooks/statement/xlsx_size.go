package statement

import (
	"math"
	"slices"
	"strings"
	"unicode"
)

// charactersOf is the width of a column in digits: the paper is upright, the sheet
// lies on its side.
func charactersOf(width int) float64 { return float64(width) / 70 }

// heights are those of rows: each as high as its cells need, the last row of a cell
// that reaches down as high as that one needs in the end.
func heights(all []place, rows int, grid []int) []float64 {
	list := slices.Repeat([]float64{heightOf("", 2)}, rows)
	slices.SortStableFunc(all, func(a, b place) int { return a.down - b.down })
	for _, p := range all {
		lacking := heightOf(p.shown(), charactersOf(sum(grid[p.column:p.column+p.across]))) - sum(list[p.row:p.row+p.down])
		list[p.row+p.down-1] += max(lacking, 0)
	}
	return list
}

// sum adds numbers up.
func sum[T int | float64](list []T) T {
	var total T
	for _, n := range list {
		total += n
	}
	return total
}

// heightOf is how high a row must be for a text, in points: no program finds that
// out by itself for merged cells. A Chinese character is as wide as two digits.
func heightOf(text string, characters float64) float64 {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		width := 0
		for _, r := range line {
			width++
			if r > unicode.MaxLatin1 {
				width++
			}
		}
		lines += max(int(math.Ceil(float64(width)/(characters-1))), 1) // one is the space beside the text
	}
	return float64(lines)*15 + 5
}
