package mirror

import (
	"bufio"
	"fmt"
	"io"
)

// kept is a file of a mirror.
type kept struct {
	name string
	size int64
}

// files lists what the state knows to be there.
func (s *state) files() (list []kept, err error) {
	rows, err := s.db.Query("SELECT file, size FROM page WHERE sum IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var k kept
		if err := rows.Scan(&k.name, &k.size); err != nil {
			return nil, err
		}
		list = append(list, k)
	}
	return list, rows.Err()
}

// writeManifest lists the files with their sums.
func (w *work) writeManifest() error {
	rows, err := w.state.db.Query("SELECT file, lower(hex(sum)) FROM page WHERE sum IS NOT NULL ORDER BY file")
	if err != nil {
		return err
	}
	defer rows.Close()
	_, err = w.folder.write(Manifest, func(to io.Writer) error {
		out := bufio.NewWriter(to)
		for rows.Next() {
			var file, sum string
			if err := rows.Scan(&file, &sum); err != nil {
				return err
			}
			fmt.Fprintf(out, "%s  %s\n", sum, file)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		return out.Flush()
	})
	return err
}
