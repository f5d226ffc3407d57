package search

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// corpus makes disclosures of Chinese-looking text, always the same: words of
// one to four characters, the common ones far more common than the rare.
type corpus struct {
	r     *rand.Rand
	zipf  *rand.Zipf
	words []string
	made  int
}

func newCorpus(words int) *corpus {
	r := rand.New(rand.NewPCG(1, 2))
	char := rand.NewZipf(r, 1.05, 20, 3499)
	c := &corpus{r: r, zipf: rand.NewZipf(r, 1.02, 30, uint64(words-1))}
	for range words {
		n := []int{1, 2, 2, 2, 2, 2, 2, 3, 3, 4}[r.IntN(10)]
		word := make([]rune, n)
		for i := range word {
			word[i] = rune(0x4e00 + int(char.Uint64())*5)
		}
		c.words = append(c.words, string(word))
	}
	return c
}

func (c *corpus) text(length int) string {
	var b []byte
	since := 0
	for len(b) < length*3 {
		b = append(b, c.words[c.zipf.Uint64()]...)
		if since++; since > 6+c.r.IntN(5) {
			b, since = append(b, "，"...), 0
		}
		if c.r.IntN(60) == 0 {
			b = fmt.Appendf(b, "%d年", 2019+c.r.IntN(8))
		}
	}
	for _, w := range []struct {
		word  string
		share float64
	}{{"招生", 0.3}, {"食堂", 0.15}, {"收费", 0.05}, {"招生简章", 0.04}} {
		for p := w.share; c.r.Float64() < p; p = 0.5 {
			b = append(b, w.word...)
		}
	}
	return string(b)
}

func (c *corpus) doc(length int) Doc {
	c.made++
	published := time.Date(2022, 1, 4, 8, 0, 0, 0, time.UTC).Add(time.Duration(c.made) * 947 * time.Second)
	title := c.text(18)
	if c.r.IntN(12) > 0 { // words put into titles as rarely as into a sentence
		title = c.words[c.zipf.Uint64()] + c.words[c.zipf.Uint64()] + "的通知"
	}
	return Doc{
		ID: fmt.Sprintf("doc%012d", c.made), Version: "1", School: fmt.Sprintf("31011%05d", c.r.IntN(60)),
		Stages: []string{[]string{"幼儿园", "小学", "初中", "高中"}[c.r.IntN(4)]},
		Column: fmt.Sprintf("A%02d%02d", 1+c.r.IntN(12), 1+c.r.IntN(9)), PublishedAt: published, Title: title, Text: c.text(length),
	}
}
