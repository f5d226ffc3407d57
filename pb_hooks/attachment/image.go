package attachment

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"io"

	"github.com/disintegration/imaging"
)

const (
	// MaxPixels is the greatest number of pixels a picture may have to be decoded: a small file can hold a huge one.
	MaxPixels = 40_000_000
	// MaxSide is the length, in pixels, to which the longer side of a published picture is reduced.
	MaxSide = 2560
	// ThumbnailWidth is the greatest width of a thumbnail, in pixels.
	ThumbnailWidth = 480

	jpegQuality      = 85
	thumbnailQuality = 80
)

// Image is a picture fit to publish. Width and Height are in pixels.
type Image struct {
	Data          []byte
	Width, Height int
}

// NormalizeImage makes the picture in r, identified as kind, fit to publish: turned upright as its EXIF says, reduced to
// MaxSide, and written anew from its pixels, so that no metadata is left: no place, camera, name or embedded preview
// (个人信息保护法第二十八条: 行踪轨迹 is sensitive). A JPEG stays JPEG, a PNG stays PNG. The errors for people are
// TooLarge, ImageTooBig and BrokenImage.
func NormalizeImage(r io.Reader, kind Kind) (Image, error) {
	if !kind.Image {
		return Image{}, fmt.Errorf("normalize image: %s is no image", kind.Ext)
	}
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return Image{}, fmt.Errorf("read image: %w", err)
	}
	if len(data) > MaxSize {
		return Image{}, TooLarge{Size: int64(len(data))}
	}
	picture, err := decode(data)
	if err != nil {
		return Image{}, err
	}
	if size := picture.Bounds().Size(); max(size.X, size.Y) > MaxSide {
		picture = imaging.Fit(picture, MaxSide, MaxSide, imaging.Lanczos)
	}
	format := imaging.JPEG
	if kind.Ext == "png" {
		format = imaging.PNG
	} else {
		picture = onWhite(picture)
	}
	var out bytes.Buffer
	if err := imaging.Encode(&out, picture, format, imaging.JPEGQuality(jpegQuality)); err != nil {
		return Image{}, fmt.Errorf("encode image: %w", err)
	}
	size := picture.Bounds().Size()
	return Image{Data: out.Bytes(), Width: size.X, Height: size.Y}, nil
}

// Thumbnail returns a JPEG of the picture in data, at most ThumbnailWidth wide. The errors for people are ImageTooBig
// and BrokenImage.
func Thumbnail(data []byte) ([]byte, error) {
	picture, err := decode(data)
	if err != nil {
		return nil, err
	}
	if picture.Bounds().Dx() > ThumbnailWidth {
		picture = imaging.Resize(picture, ThumbnailWidth, 0, imaging.Lanczos)
	}
	var out bytes.Buffer
	if err := imaging.Encode(&out, onWhite(picture), imaging.JPEG, imaging.JPEGQuality(thumbnailQuality)); err != nil {
		return nil, fmt.Errorf("encode thumbnail: %w", err)
	}
	return out.Bytes(), nil
}

// Upright returns the picture in data as it is seen: turned as its EXIF says, on white where it is transparent. It may
// be of MaxPixels. The errors for people are ImageTooBig and BrokenImage.
func Upright(data []byte) (image.Image, error) {
	picture, err := decode(data)
	if err != nil {
		return nil, err
	}
	return onWhite(picture), nil
}

// decode returns the picture upright. It decodes JPEG and PNG only, and only up to MaxPixels.
func decode(data []byte) (image.Image, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, BrokenImage{Cause: err}
	}
	if format != "jpeg" && format != "png" {
		return nil, BrokenImage{Cause: fmt.Errorf("format %s", format)}
	}
	if int64(config.Width)*int64(config.Height) > MaxPixels {
		return nil, ImageTooBig{Width: config.Width, Height: config.Height}
	}
	picture, err := imaging.Decode(bytes.NewReader(data), imaging.AutoOrientation(true))
	if err != nil {
		return nil, BrokenImage{Cause: err}
	}
	return picture, nil
}

// onWhite lays a picture that may be transparent on white: JPEG would show black there.
func onWhite(picture image.Image) image.Image {
	if p, ok := picture.(interface{ Opaque() bool }); ok && p.Opaque() {
		return picture
	}
	size := picture.Bounds().Size()
	return imaging.Overlay(imaging.New(size.X, size.Y, color.White), picture, image.Point{}, 1)
}
