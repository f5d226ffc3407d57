package scan

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// stripPicture takes the metadata out of a JPEG or PNG and keeps its pixels as
// they are; how it is turned is kept too.
func stripPicture(data []byte) ([]byte, bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xd8")):
		return stripJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return stripPNG(data)
	}
	return nil, false
}

// stripJPEG leaves out the segments that hold EXIF, XMP, IPTC and comments, and
// what stands behind the picture.
func stripJPEG(data []byte) ([]byte, bool) {
	out := append(make([]byte, 0, len(data)), 0xFF, 0xD8)
	rest, turned := data[2:], 0
	for {
		if len(rest) < 2 || rest[0] != 0xFF {
			return nil, false
		}
		kind := rest[1]
		if kind == 0xFF { // filling
			rest = rest[1:]
			continue
		}
		if kind == 0xD9 || kind == 0xDA {
			break
		}
		if len(rest) < 4 {
			return nil, false
		}
		n := 2 + int(binary.BigEndian.Uint16(rest[2:]))
		if n < 4 || n > len(rest) {
			return nil, false
		}
		segment := rest[:n]
		rest = rest[n:]
		switch kind {
		case 0xE1, 0xED, 0xFE: // EXIF and XMP, IPTC, comments
			if bytes.HasPrefix(segment[4:], []byte("Exif\x00\x00")) && turned == 0 {
				turned = orientation(segment[10:])
			}
			continue
		case 0xE2:
			if bytes.HasPrefix(segment[4:], []byte("MPF\x00")) { // where other pictures stand
				continue
			}
		}
		out = append(out, segment...)
	}
	if turned > 1 {
		tiff := []byte("II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
		tiff[18] = byte(turned)
		exif := append([]byte{0xFF, 0xE1, 0, byte(2 + 6 + len(tiff))}, "Exif\x00\x00"...)
		out = append(out[:2:2], append(append(exif, tiff...), out[2:]...)...)
	}
	end := endOfScans(rest)
	return append(out, rest[:end]...), end > 0
}

// endOfScans is where the picture ends: behind it other pictures may stand, with
// metadata of their own. It is 0 where that is not to be seen.
func endOfScans(rest []byte) int {
	for i := 0; i+1 < len(rest); {
		kind := rest[i+1]
		switch {
		case rest[i] != 0xFF || kind == 0 || kind >= 0xD0 && kind <= 0xD7: // of the pixels
			i++
		case kind == 0xFF:
			i++
		case kind == 0xD9:
			return i + 2
		case kind == 0xE1 || kind == 0xED || kind == 0xFE || i+4 > len(rest):
			return 0
		default:
			i += 2 + int(binary.BigEndian.Uint16(rest[i+2:]))
		}
	}
	return 0
}

// orientation is how a picture is turned: 0 for unknown, 1 for not.
func orientation(tiff []byte) int {
	turned := 0
	tags(tiff, func(number uint16, entry []byte) {
		if number == 0x0112 {
			if v := byteOrder(tiff).Uint16(entry[8:]); v <= 8 {
				turned = int(v)
			}
		}
	})
	return turned
}

// stripPNG leaves out the chunks that say something in words.
func stripPNG(data []byte) ([]byte, bool) {
	out := append(make([]byte, 0, len(data)), data[:8]...)
	for rest := data[8:]; ; {
		if len(rest) < 12 {
			return nil, false
		}
		n := int64(binary.BigEndian.Uint32(rest)) + 12
		if n > int64(len(rest)) || crc32.ChecksumIEEE(rest[4:n-4]) != binary.BigEndian.Uint32(rest[n-4:]) {
			return nil, false
		}
		chunk := rest[:n]
		rest = rest[n:]
		switch string(chunk[4:8]) {
		case "eXIf", "tEXt", "iTXt", "zTXt", "tIME":
		case "IEND":
			return append(out, chunk...), true
		default:
			out = append(out, chunk...)
		}
	}
}
