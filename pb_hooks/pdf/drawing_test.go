package pdf

import (
	"math"
	"testing"
)

func TestPixels(t *testing.T) {
	for _, tt := range []struct {
		name          string
		f             Fineness
		p             Paper
		width, height int
	}{
		{"A4 at 200 to an inch", Fineness{PerInch: 200}, Paper{595.276, 841.89}, 1654, 2339},
		{"A4 of 1000 across", Fineness{Width: 1000}, Paper{595.276, 841.89}, 1000, 1414},
		{"a point", Fineness{PerInch: 200}, Paper{0.001, 0.001}, 1, 1},
		{"a poster", Fineness{PerInch: 200}, Paper{10_000, 10_000}, 3162, 3162},
		{"a strip of 1000 across", Fineness{Width: 1000}, Paper{1, 1e7}, 1, MaxSide},
		{"a thread", Fineness{PerInch: 200}, Paper{1e-3, 1e9}, 1, MaxSide},
		{"a line", Fineness{PerInch: 200}, Paper{1e9, 1e-3}, MaxSide, 1},
		{"the largest there is", Fineness{PerInch: 200}, Paper{math.MaxFloat32, math.MaxFloat32}, 3162, 3162},
	} {
		if width, height := tt.f.pixels(tt.p); width != tt.width || height != tt.height {
			t.Errorf("%s: %d by %d, want %d by %d", tt.name, width, height, tt.width, tt.height)
		}
	}
}
