package scan

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"path"
	"strings"
)

// pictures are the kinds of pictures whose metadata is looked at.
var pictures = map[string]bool{"jpg": true, "jpeg": true, "jpe": true, "png": true, "tif": true, "tiff": true, "webp": true, "heic": true, "gif": true}

func isPicture(ext string) bool { return pictures[ext] }

// image looks for where a picture was taken and by whom. Pictures uploaded by
// themselves are written anew from their pixels; those inside archives are not.
func (f *reader) image(r io.ReaderAt, size int64) error {
	data, err := io.ReadAll(io.NewSectionReader(r, 0, min(size, maxNested)))
	if err != nil {
		return err
	}
	place, author := aboutPicture(data)
	if place {
		f.add(Location, Block, f.name, "照片带有拍摄地点，请单独上传照片（会自动清除）或清除后再打包")
	}
	if author {
		f.add(DocumentAuthor, Note, f.name+"：照片属性", "照片属性中有作者信息")
	}
	return nil
}

// media looks at a picture inside an office file. It can be cleaned where what
// is left of it after stripping says nothing.
func (f *reader) media(e *zip.File) error {
	data, err := f.budget.whole(e, maxNested)
	if err != nil {
		return err
	}
	place, author := aboutPicture(data)
	if !place && !author {
		return nil
	}
	cleaned, ok := stripPicture(data)
	if ok {
		p, a := aboutPicture(cleaned)
		ok = !p && !a
	}
	named := "（" + placeName(path.Base(e.Name), "图片") + "）"
	tell := func(class Class, level Level, where, hint, how string) {
		if ok {
			f.clean(class, level, f.name+"："+where+named, "", hint+how)
			return
		}
		f.add(class, level, f.name+"："+where+named, hint+"，请换成清除了属性的图片")
	}
	if place {
		tell(Location, Block, "图片", "文件中的图片带有拍摄地点", "，可一键清理")
	}
	if author {
		tell(DocumentAuthor, Warn, "图片属性", "文件中图片的属性记有作者", "，可一键清理")
	}
	return nil
}

// aboutPicture reports what the metadata of a picture says: EXIF blocks wherever
// they stand, TIFF files, and XMP.
func aboutPicture(data []byte) (place, author bool) {
	look := func(tiff []byte) {
		p, a := inTIFF(tiff)
		place, author = place || p, author || a
	}
	if bytes.HasPrefix(data, []byte("II*\x00")) || bytes.HasPrefix(data, []byte("MM\x00*")) {
		look(data)
	}
	for _, mark := range []string{"Exif\x00\x00", "eXIf", "EXIF"} {
		for rest, n := data, 0; n < 100; n++ {
			i := bytes.Index(rest, []byte(mark))
			if i < 0 {
				break
			}
			rest = rest[i+len(mark):]
			if look(rest); mark == "EXIF" && len(rest) > 4 { // a WebP chunk has a length before
				look(rest[4:])
			}
		}
	}
	if i := bytes.Index(data, []byte("<x:xmpmeta")); i >= 0 {
		xmp := data[i:]
		if end := bytes.Index(xmp, []byte("</x:xmpmeta>")); end >= 0 {
			xmp = xmp[:end]
		}
		place = place || bytes.Contains(xmp, []byte("GPSLatitude")) || bytes.Contains(xmp, []byte("GPSLongitude"))
		author = author || bytes.Contains(xmp, []byte("dc:creator"))
	}
	return place, author
}

// inTIFF looks for the GPS directory (tag 0x8825) in the first directory of a
// TIFF block, and for who made the picture.
func inTIFF(tiff []byte) (place, author bool) {
	tags(tiff, func(number uint16, entry []byte) {
		switch number {
		case 0x8825:
			place = true
		case 0x013B, 0x9C9D, 0xA430: // Artist, XPAuthor, CameraOwnerName
			author = true
		}
	})
	return place, author
}

// tags calls fn with each entry of the first directory of a TIFF block.
func tags(tiff []byte, fn func(number uint16, entry []byte)) {
	order := byteOrder(tiff)
	if len(tiff) < 8 || order == nil {
		return
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return
	}
	for i := range int64(order.Uint16(tiff[at:])) {
		tag := at + 2 + i*12
		if tag+12 > int64(len(tiff)) {
			return
		}
		fn(order.Uint16(tiff[tag:]), tiff[tag:tag+12])
	}
}

func byteOrder(tiff []byte) binary.ByteOrder {
	switch {
	case strings.HasPrefix(string(tiff[:min(2, len(tiff))]), "II"):
		return binary.LittleEndian
	case strings.HasPrefix(string(tiff[:min(2, len(tiff))]), "MM"):
		return binary.BigEndian
	}
	return nil
}
