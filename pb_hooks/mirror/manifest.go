package mirror

import (
	"bufio"
	"fmt"
	"io"
)

// files are the names of what the state knows to be there.
func (s *state) files() (map[string]bool, error) {
	rows, err := s.db.Query("SELECT file FROM page WHERE sum IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	names := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		names[name] = true
	}
	return names, rows.Err()
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
