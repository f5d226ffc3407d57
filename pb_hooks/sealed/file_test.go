package sealed

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

// letters is a file of n bytes.
func letters(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	data := make([]byte, n)
	for i := range data {
		data[i] = "abcdefgh"[r.IntN(8)]
	}
	return data
}

func sealFile(t testing.TB, ring *Keyring, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := ring.SealFile(&b, bytes.NewReader(data), place); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func openFile(ring *Keyring, sealed []byte) ([]byte, error) {
	var b bytes.Buffer
	err := ring.OpenFile(&b, bytes.NewReader(sealed), place)
	return b.Bytes(), err
}

func TestASealedFileOpens(t *testing.T) {
	ring := ringOf(t, NewKey())
	for _, n := range []int{0, 1, chunkSize - 1, chunkSize, chunkSize + 1, 3 * chunkSize, 3*chunkSize + 7} {
		data := letters(n)
		sealed := sealFile(t, ring, data)
		if want := n + filePrefix + saltSize + tagSize*max(1, (n+chunkSize-1)/chunkSize); len(sealed) != want {
			t.Errorf("%d bytes are %d sealed, want %d", n, len(sealed), want)
		}
		for i := 0; i+8 <= n; i += 8 << 10 {
			if bytes.Contains(sealed, data[i:i+8]) {
				t.Errorf("%d bytes: the text at %d shows", n, i)
			}
		}
		got, err := openFile(ring, sealed)
		if err != nil || !bytes.Equal(got, data) {
			t.Errorf("%d bytes: got %d, %v", n, len(got), err)
		}
		var slow bytes.Buffer
		if err := ring.OpenFile(&slow, iotest.OneByteReader(bytes.NewReader(sealed)), place); err != nil || !bytes.Equal(slow.Bytes(), data) {
			t.Errorf("%d bytes, slowly: got %d, %v", n, slow.Len(), err)
		}
		if bytes.Equal(sealed, sealFile(t, ring, data)) {
			t.Errorf("%d bytes are sealed the same twice", n)
		}
	}
}

// chunks takes a sealed file apart: its head and its chunks.
func chunks(sealed []byte) (head []byte, list [][]byte) {
	head, rest := sealed[:filePrefix+saltSize], sealed[filePrefix+saltSize:]
	for len(rest) > chunkSize+tagSize {
		list, rest = append(list, rest[:chunkSize+tagSize]), rest[chunkSize+tagSize:]
	}
	return head, append(list, rest)
}

func TestEveryChangeOfAFileIsNoticed(t *testing.T) {
	ring := ringOf(t, NewKey())
	data := letters(3*chunkSize + 100)
	sealed := sealFile(t, ring, data)
	head, c := chunks(sealed)
	join := func(parts ...[]byte) []byte { return bytes.Join(append([][]byte{head}, parts...), nil) }
	_, foreign := chunks(sealFile(t, ring, data))
	whole := sealFile(t, ring, letters(2*chunkSize)) // ends with a full chunk
	changed := map[string][]byte{
		"two chunks exchanged":          join(c[1], c[0], c[2], c[3]),
		"a chunk left out":              join(c[0], c[2], c[3]),
		"a chunk repeated":              join(c[0], c[0], c[1], c[2], c[3]),
		"the last chunk cut off":        join(c[0], c[1], c[2]),
		"the last chunk first":          join(c[3]),
		"no chunk":                      join(),
		"the last chunk twice":          join(c[0], c[1], c[2], c[3], c[3]),
		"a chunk of another file":       join(c[0], foreign[1], c[2], c[3]),
		"something added":               append(bytes.Clone(sealed), 0),
		"an empty chunk added":          append(bytes.Clone(sealed), make([]byte, tagSize)...),
		"a full file lengthened":        append(bytes.Clone(whole), 0),
		"a full file with another":      append(bytes.Clone(whole), whole...),
		"a full file without its end":   whole[:len(whole)-chunkSize-tagSize],
		"nothing":                       {},
		"plain text":                    letters(100),
		"the head of another, the rest": append(bytes.Clone(whole[:filePrefix+saltSize]), sealed[filePrefix+saltSize:]...),
	}
	for i := range filePrefix + saltSize {
		b := bytes.Clone(sealed)
		b[i] ^= 1
		changed[fmt.Sprintf("byte %d of the head", i)] = b
		changed[fmt.Sprintf("cut at %d", i)] = sealed[:i]
	}
	for i := filePrefix + saltSize; i < len(sealed); i += 997 {
		b := bytes.Clone(sealed)
		b[i] ^= 0x80
		changed[fmt.Sprintf("byte %d", i)] = b
		changed[fmt.Sprintf("cut at %d", i)] = sealed[:i]
	}
	for name, file := range changed {
		got, err := openFile(ring, file)
		if err == nil || !is[Tampered](err) && !is[NotSealed](err) && !is[WrongKey](err) {
			t.Errorf("%s: got %v", name, err)
		}
		if !bytes.HasPrefix(data, got) && !bytes.HasPrefix(letters(2*chunkSize), got) {
			t.Errorf("%s: %d bytes that were never sealed in this order", name, len(got))
		}
	}
	// every byte of a small one
	small := sealFile(t, ring, []byte("王小明"))
	for i := range small {
		for bit := range 8 {
			b := bytes.Clone(small)
			b[i] ^= 1 << bit
			if got, err := openFile(ring, b); err == nil || len(got) > 0 {
				t.Errorf("bit %d of byte %d: got %q, %v", bit, i, got, err)
			}
		}
	}
}

func TestAFileOpensAtItsPlaceAndWithItsKeyOnly(t *testing.T) {
	a, b := NewKey(), NewKey()
	ring := ringOf(t, a)
	sealed := sealFile(t, ring, letters(1000))
	other := place
	other.Field = "proof"
	if err := ring.OpenFile(io.Discard, bytes.NewReader(sealed), other); !is[Tampered](err) {
		t.Errorf("another place: got %v", err)
	}
	if _, err := openFile(ringOf(t, b), sealed); !is[WrongKey](err) {
		t.Errorf("another key: got %v", err)
	}
	if got, err := openFile(ringOf(t, a, b), sealed); err != nil || len(got) != 1000 {
		t.Errorf("an older key: got %d, %v", len(got), err)
	}
	var none *Keyring
	if _, err := openFile(none, sealed); !is[MissingKey](err) {
		t.Errorf("no key: got %v", err)
	}
	var out bytes.Buffer
	if err := none.SealFile(&out, bytes.NewReader(letters(10)), place); !is[MissingKey](err) || out.Len() > 0 {
		t.Errorf("no key: wrote %d bytes, %v", out.Len(), err)
	}
	if err := ring.SealFile(&out, bytes.NewReader(letters(10)), Place{}); !is[NoPlace](err) || out.Len() > 0 {
		t.Errorf("no place: wrote %d bytes, %v", out.Len(), err)
	}
	if id, err := FileKeyID(bytes.NewReader(sealed), place); err != nil || id != ring.CurrentID() {
		t.Errorf("got the key %q, %v", id, err)
	}
}

func TestErrorsOfReadersAndWritersComeThrough(t *testing.T) {
	ring := ringOf(t, NewKey())
	broken := errors.New("broken")
	sealed := sealFile(t, ring, letters(2*chunkSize))
	if err := ring.SealFile(io.Discard, io.MultiReader(bytes.NewReader(letters(chunkSize)), iotest.ErrReader(broken)), place); !errors.Is(err, broken) {
		t.Errorf("seal: got %v", err)
	}
	for _, n := range []int{0, 5, filePrefix + 3, filePrefix + saltSize + 5, filePrefix + saltSize + chunkSize + tagSize} {
		if err := ring.OpenFile(io.Discard, io.MultiReader(bytes.NewReader(sealed[:n]), iotest.ErrReader(broken)), place); !errors.Is(err, broken) {
			t.Errorf("open, broken at %d: got %v", n, err)
		}
	}
	if err := ring.OpenFile(shut{broken}, bytes.NewReader(sealed), place); !errors.Is(err, broken) {
		t.Errorf("a writer: got %v", err)
	}
	if err := ring.SealFile(shut{broken}, bytes.NewReader(sealed), place); !errors.Is(err, broken) {
		t.Errorf("a writer: got %v", err)
	}
}

type shut struct{ err error }

func (s shut) Write([]byte) (int, error) { return 0, s.err }

func FuzzOpenFile(f *testing.F) {
	ring := ringOf(f, NewKey())
	good := sealFile(f, ring, []byte("王小明"))
	f.Add(good)
	f.Add(good[:len(good)-1])
	f.Add(append(bytes.Clone(good), 0))
	f.Add([]byte("f1." + ring.CurrentID() + "."))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if got, err := openFile(ring, sealed); err == nil && !bytes.Equal(sealed, good) {
			t.Errorf("%x opens as %q", sealed, got)
		}
	})
}

const large = 30 << 20

func BenchmarkSealFile30MB(b *testing.B) {
	ring, data := ringOf(b, NewKey()), letters(large)
	b.SetBytes(large)
	b.ReportAllocs()
	for b.Loop() {
		if err := ring.SealFile(io.Discard, bytes.NewReader(data), place); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenFile30MB(b *testing.B) {
	ring := ringOf(b, NewKey())
	sealed := sealFile(b, ring, letters(large))
	b.SetBytes(large)
	b.ReportAllocs()
	for b.Loop() {
		if err := ring.OpenFile(io.Discard, bytes.NewReader(sealed), place); err != nil {
			b.Fatal(err)
		}
	}
}
