package attachment

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

func encodePNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodeJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// halves is a picture whose left half is red and whose right half is blue.
func halves(width, height int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{R: 255, A: 255}
			if x >= width/2 {
				c = color.NRGBA{B: 255, A: 255}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

const place = "GPS 31.1128N 121.3817E"

// withEXIF puts an APP1 segment with an orientation and a GPS directory before the rest of a JPEG.
func withEXIF(photo []byte, orientation uint16) []byte {
	var tiff bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&tiff, binary.BigEndian, v) // a bytes.Buffer takes everything
		}
	}
	put([]byte("MM"), uint16(42), uint32(8))
	put(uint16(2))                                                            // IFD0 has two entries
	put(uint16(0x0112), uint16(3), uint32(1), orientation, uint16(0))         // Orientation, SHORT
	put(uint16(0x8825), uint16(4), uint32(1), uint32(38))                     // GPSInfo, at 38
	put(uint32(0))                                                            // no more
	put(uint16(1), uint16(0x001D), uint16(2), uint32(len(place)), uint32(56)) // GPS directory: text at 56
	put(uint32(0), []byte(place))
	segment := append([]byte("Exif\x00\x00"), tiff.Bytes()...)
	app1 := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(segment)+2))
	return append(append(append(append([]byte{}, photo[:2]...), app1...), segment...), photo[2:]...)
}

func TestNormalizeImageTurnsAndForgets(t *testing.T) {
	photo := withEXIF(encodeJPEG(t, halves(64, 32)), 6)
	if !bytes.Contains(photo, []byte(place)) {
		t.Fatal("the photo holds no place to forget")
	}
	got, err := NormalizeImage(bytes.NewReader(photo), kinds["jpg"])
	if err != nil {
		t.Fatal(err)
	}
	if got.Width != 32 || got.Height != 64 {
		t.Errorf("got %d×%d, want 32×64", got.Width, got.Height)
	}
	for _, trace := range []string{place, "GPS", "Exif", "\xFF\xE1"} {
		if bytes.Contains(got.Data, []byte(trace)) {
			t.Errorf("%q is still there", trace)
		}
	}
	m, err := jpeg.Decode(bytes.NewReader(got.Data))
	if err != nil {
		t.Fatal(err)
	}
	if m.Bounds().Dx() != 32 || m.Bounds().Dy() != 64 {
		t.Errorf("the file is %v", m.Bounds())
	}
	// Orientation 6: what the camera stored on the left is the top.
	if r, _, b, _ := m.At(16, 8).RGBA(); r < 0x8000 || b > 0x8000 {
		t.Errorf("the top is not red: %v", m.At(16, 8))
	}
	if r, _, b, _ := m.At(16, 56).RGBA(); b < 0x8000 || r > 0x8000 {
		t.Errorf("the bottom is not blue: %v", m.At(16, 56))
	}
}

func TestNormalizeImage(t *testing.T) {
	gray := image.NewPaletted(image.Rect(0, 0, 10, 20), color.Palette{color.White, color.Black})
	for _, tt := range []struct {
		name          string
		data          []byte
		ext           string
		width, height int
	}{
		{"a small JPEG keeps its size", encodeJPEG(t, halves(30, 20)), "jpg", 30, 20},
		{"a wide picture is reduced to 2560", encodeJPEG(t, halves(3200, 80)), "jpg", 2560, 64},
		{"a tall PNG is reduced to 2560 and stays PNG", encodePNG(t, halves(40, 5120)), "png", 20, 2560},
		{"a PNG with a palette stays", encodePNG(t, gray), "png", 10, 20},
		{"an orientation that means nothing changes nothing", withEXIF(encodeJPEG(t, halves(30, 20)), 77), "jpg", 30, 20},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := NormalizeImage(bytes.NewReader(tt.data), kinds[tt.ext])
			if err != nil {
				t.Fatal(err)
			}
			config, format, err := image.DecodeConfig(bytes.NewReader(got.Data))
			if err != nil {
				t.Fatal(err)
			}
			if got.Width != tt.width || got.Height != tt.height || config.Width != tt.width || config.Height != tt.height {
				t.Errorf("got %d×%d, in the file %d×%d, want %d×%d", got.Width, got.Height, config.Width, config.Height, tt.width, tt.height)
			}
			if want := map[string]string{"jpg": "jpeg", "png": "png"}[tt.ext]; format != want {
				t.Errorf("got %s, want %s", format, want)
			}
		})
	}
}

// TestPNGTextIsForgotten: a PNG may carry text about its author in a chunk of its own.
func TestPNGTextIsForgotten(t *testing.T) {
	data := encodePNG(t, halves(4, 4))
	chunk := append([]byte("tEXtAuthor\x00"), place...)
	text := binary.BigEndian.AppendUint32(nil, uint32(len(chunk)-4))
	text = binary.BigEndian.AppendUint32(append(text, chunk...), crc32.ChecksumIEEE(chunk))
	data = append(append(append([]byte{}, data[:33]...), text...), data[33:]...)
	got, err := NormalizeImage(bytes.NewReader(data), kinds["png"])
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(got.Data, []byte(place)) || bytes.Contains(got.Data, []byte("tEXt")) {
		t.Error("the text is still there")
	}
}

func TestNormalizeImageRefuses(t *testing.T) {
	huge := encodePNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for _, tt := range []struct {
		name, code string
		data       []byte
	}{
		{"ten thousand megapixels in a hundred bytes", "attachment_image_too_big", huge},
		{"a picture cut short", "attachment_image_broken", encodeJPEG(t, halves(64, 64))[:300]},
		{"noise", "attachment_image_broken", []byte("noise")},
		{"nothing", "attachment_image_broken", nil},
		{"a GIF", "attachment_image_broken", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;")},
		{"a file over the limit", "attachment_too_large", make([]byte, MaxSize+1)},
	} {
		t.Run(tt.name+" is refused", func(t *testing.T) {
			_, err := NormalizeImage(bytes.NewReader(tt.data), kinds["jpg"])
			var c coded
			if !errors.As(err, &c) || c.Code() != tt.code || c.Params() == nil {
				t.Errorf("got %v, want %s", err, tt.code)
			}
		})
	}
	t.Run("a document is no picture", func(t *testing.T) {
		if _, err := NormalizeImage(bytes.NewReader(nil), kinds["pdf"]); err == nil {
			t.Error("no error")
		}
	})
}

func TestThumbnail(t *testing.T) {
	for _, tt := range []struct {
		name          string
		data          []byte
		width, height int
	}{
		{"a large picture becomes 480 wide", encodeJPEG(t, halves(960, 400)), 480, 200},
		{"a small picture keeps its size", encodePNG(t, halves(100, 50)), 100, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			data, err := Thumbnail(tt.data)
			if err != nil {
				t.Fatal(err)
			}
			m, err := jpeg.Decode(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			if m.Bounds().Dx() != tt.width || m.Bounds().Dy() != tt.height {
				t.Errorf("got %v, want %d×%d", m.Bounds(), tt.width, tt.height)
			}
		})
	}
	t.Run("what is transparent becomes white, not black", func(t *testing.T) {
		data, err := Thumbnail(encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 8, 8))))
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if r, _, _, _ := m.At(4, 4).RGBA(); r < 0xF000 {
			t.Errorf("got %v", m.At(4, 4))
		}
	})
	t.Run("noise has no thumbnail", func(t *testing.T) {
		var broken BrokenImage
		if _, err := Thumbnail([]byte("noise")); !errors.As(err, &broken) || broken.Unwrap() == nil {
			t.Errorf("got %v", err)
		}
	})
}

func BenchmarkNormalizePhoto(b *testing.B) {
	photo := withEXIF(encodeJPEG(b, halves(4000, 3000)), 6)
	for b.Loop() {
		if _, err := NormalizeImage(bytes.NewReader(photo), kinds["jpg"]); err != nil {
			b.Fatal(err)
		}
	}
}
