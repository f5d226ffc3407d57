package search

import (
	"bufio"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// batchBytes is how much text a Bulk holds before it sorts it into a run.
const batchBytes = 6_000_000

// posting is one document as its batch holds it, text already normalised.
type posting struct {
	row         int64
	body, title string
	facets      []string
	grams       *[3]int32
}

// batch sorts the grams of some documents. A gram is one number: the ranks of
// its two characters among all characters of the batch, the document, title
// or body, and the position; so sorting numbers sorts by term, then by row.
type batch struct {
	docs    []posting
	bytes   int
	longest int // text, in bytes

	rank       []uint32 // by character; 0 is none
	alone      []uint32 // by rank: the last text that has it as a gram by itself
	seen       []rune
	keys, swap []uint64
	rankBits   int
	docBits    int
	posBits    int
}

// hasRoom says whether one more document still fits: in memory, and its place
// in the bits that two characters (18 bits each at most) leave of 64.
func (b *batch) hasRoom(p posting) bool {
	longest := max(b.longest, len(p.body), len(p.title))
	return len(b.docs) == 0 ||
		b.bytes+len(p.body)+len(p.title) <= batchBytes && 2*18+bits.Len(uint(len(b.docs)+1))+2+bits.Len(uint(longest)) <= 64
}

func (b *batch) add(p posting) {
	b.docs = append(b.docs, p)
	b.bytes += len(p.body) + len(p.title)
	b.longest = max(b.longest, len(p.body), len(p.title))
}

func (b *batch) reset() {
	clear(b.docs)
	b.docs, b.bytes, b.longest = b.docs[:0], 0, 0
}

// encode writes the batch as a run: each term with its list, in order.
func (b *batch) encode(w *bufio.Writer) error {
	slices.SortFunc(b.docs, func(x, y posting) int { return int(min(max(x.row-y.row, -1), 1)) })
	b.rankRunes()
	b.cutGrams()
	b.sortKeys()
	facets := map[string][]byte{}
	prev := map[string]int64{}
	for _, d := range b.docs {
		for i, f := range d.facets {
			facets[f] = appendVarint(facets[f], uint64(d.row-prev[f]))
			positions := appendVarint([]byte{1, 2}, uint64(i+2))
			facets[f] = append(append(facets[f], byte(len(positions))), positions...)
			prev[f] = d.row
		}
	}
	names := make([]string, 0, len(facets))
	for f := range facets {
		names = append(names, f)
	}
	slices.Sort(names)
	var term, list []byte
	for at := 0; at < len(b.keys); {
		term, list, at = b.nextTerm(term[:0], list[:0], at)
		for len(names) > 0 && strings.Compare(names[0], string(term)) < 0 {
			writeTerm(w, []byte(names[0]), facets[names[0]])
			names = names[1:]
		}
		writeTerm(w, term, list)
	}
	for _, f := range names {
		writeTerm(w, []byte(f), facets[f])
	}
	return w.Flush()
}

// writeTerm leaves errors to Flush, which returns the first of them.
func writeTerm(w *bufio.Writer, term, list []byte) {
	var head [2 * binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(term)))
	n += binary.PutUvarint(head[n:], uint64(len(list)))
	w.Write(head[:n])
	w.Write(term)
	w.Write(list)
}

func (b *batch) rankRunes() {
	if b.rank == nil {
		b.rank = make([]uint32, utf8.MaxRune+1)
	}
	b.seen = b.seen[:0]
	letters := 0
	for _, d := range b.docs {
		for _, text := range [...]string{d.body, d.title} {
			for _, r := range text {
				if b.rank[r] == 0 && isWordRune(r) {
					b.rank[r] = 1
					b.seen = append(b.seen, r)
				}
				letters += int(min(b.rank[r], 1))
			}
		}
	}
	b.keys = slices.Grow(b.keys[:0], letters*4/3)
	slices.Sort(b.seen)
	for i, r := range b.seen {
		b.rank[r] = uint32(i + 1)
	}
	b.alone = make([]uint32, len(b.seen)+1)
	b.rankBits = bits.Len(uint(len(b.seen)))
	b.docBits = bits.Len(uint(len(b.docs)))
	b.posBits = 2 + bits.Len(uint(b.longest)) // the title flag is the highest of them
}

func (b *batch) cutGrams() {
	for i, d := range b.docs {
		low := uint64(i) << b.posBits
		n := len(b.keys)
		b.cut(d.body, low, uint32(2*i+1))
		d.grams[0] = int32(len(b.keys) - n)
		n = len(b.keys)
		b.cut(d.title, low|1<<(b.posBits-1), uint32(2*i+2))
		d.grams[1] = int32(len(b.keys) - n)
		d.grams[2] = int32(len(d.facets))
	}
	for _, r := range b.seen {
		b.rank[r] = 0
	}
}

// cut makes the same grams as the function grams.
func (b *batch) cut(text string, low uint64, stamp uint32) {
	var prev uint64
	shift, shift1 := b.docBits+b.posBits, b.docBits+b.posBits+b.rankBits
	for _, r := range text {
		rank := uint64(b.rank[r])
		if prev != 0 {
			b.keys = append(b.keys, prev<<shift1|rank<<shift|low)
			low++
			if rank == 0 {
				b.alone[prev] = stamp
			}
		}
		prev = rank
	}
	if prev != 0 {
		b.keys = append(b.keys, prev<<shift1|low)
		b.alone[prev] = stamp
		low++
	}
	for _, r := range text {
		if rank := b.rank[r]; b.alone[rank] != stamp {
			b.alone[rank] = stamp
			if rank != 0 {
				b.keys = append(b.keys, uint64(rank)<<shift1|low)
				low++
			}
		}
	}
}

// sortKeys is a radix sort by term alone: the keys were made in the order of
// the rest, and each pass keeps the order of equals.
func (b *batch) sortKeys() {
	if cap(b.swap) < len(b.keys) {
		b.swap = make([]uint64, len(b.keys), cap(b.keys))
	}
	from, to := b.keys, b.swap[:len(b.keys)]
	const digit = 11
	var at [1 << digit]int
	low := b.docBits + b.posBits
	for shift := low; shift < low+2*b.rankBits; shift += digit {
		clear(at[:])
		for _, k := range from {
			at[k>>shift&(1<<digit-1)]++
		}
		sum := 0
		for i, n := range at {
			at[i] = sum
			sum += n
		}
		for _, k := range from {
			d := k >> shift & (1<<digit - 1)
			to[at[d]] = k
			at[d]++
		}
		from, to = to, from
	}
	b.keys, b.swap = from, to
}

// nextTerm appends the term at a place among the keys, and its list: row id
// deltas, each with the length of its positions and the positions.
func (b *batch) nextTerm(term, list []byte, at int) ([]byte, []byte, int) {
	low := b.docBits + b.posBits
	key := b.keys[at] >> low
	term = utf8.AppendRune(term, b.seen[key>>b.rankBits-1])
	if second := key & (1<<b.rankBits - 1); second != 0 {
		term = utf8.AppendRune(term, b.seen[second-1])
	}
	var positions []byte
	title := uint64(1) << (b.posBits - 1)
	row := int64(0)
	for at < len(b.keys) && b.keys[at]>>low == key {
		doc := b.keys[at] >> b.posBits & (1<<b.docBits - 1)
		positions = positions[:0]
		prev := uint64(0)
		for ; at < len(b.keys) && b.keys[at]>>b.posBits == key<<b.docBits|doc; at++ {
			pos := b.keys[at] & (title<<1 - 1)
			if pos >= title && prev < title {
				positions = append(positions, 1, 1)
				prev = title
			}
			positions = appendVarint(positions, pos-prev+2)
			prev = pos
		}
		list = appendVarint(list, uint64(b.docs[doc].row-row))
		row = b.docs[doc].row
		list = append(appendVarint(list, uint64(len(positions))), positions...)
	}
	return term, list, at
}
