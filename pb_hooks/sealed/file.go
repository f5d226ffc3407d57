package sealed

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
)

// A sealed file is a header, "f1.<id of the key>." and 32 random bytes, and
// chunks of 64 KiB, each with a tag. Every file has a key of its own, derived
// from those bytes, the key's id and the place; the nonce of a chunk is its
// number and whether it is the last. So no chunk can be changed, left out,
// repeated or moved, and the end cannot be cut off or added to.
const (
	fileVersion = "f1"
	filePrefix  = len(fileVersion) + 1 + idLength + 1
	saltSize    = 32
	chunkSize   = 64 << 10
	tagSize     = 16
)

// SealFile encrypts a file for its place with the current key, in constant
// memory. It adds 44 bytes and 16 for each chunk. It fails with MissingKey,
// NoPlace or the error of r or w.
func (k *Keyring) SealFile(w io.Writer, r io.Reader, at Place) error {
	c := k.current()
	if c == nil {
		return MissingKey{}
	}
	if !at.isWhole() {
		return NoPlace{at}
	}
	salt := make([]byte, saltSize)
	_, _ = rand.Read(salt) // never fails
	aead, err := c.fileKey(salt, at)
	if err != nil {
		return err
	}
	if _, err := w.Write(append([]byte(fileVersion+"."+c.id+"."), salt...)); err != nil {
		return err
	}
	buffer := make([]byte, chunkSize, chunkSize+tagSize)
	return eachChunk(r, buffer, func(number uint64, data []byte, last bool) error {
		_, err := w.Write(aead.Seal(data[:0], nonce(number, last), data, nil))
		return err
	})
}

// OpenFile decrypts what SealFile made, in constant memory. What it has written
// is authentic, but may be only the beginning: after an error it must not be
// used. It fails with MissingKey, WrongKey, NotSealed or Tampered, or with the
// error of r or w.
func (k *Keyring) OpenFile(w io.Writer, r io.Reader, at Place) error {
	id, err := FileKeyID(r, at)
	if err != nil {
		return err
	}
	of, err := k.find(id)
	if err != nil {
		return err
	}
	salt := make([]byte, saltSize)
	if _, err := io.ReadFull(r, salt); err != nil {
		return cutShort(err, Tampered{at})
	}
	aead, err := of.fileKey(salt, at)
	if err != nil {
		return err
	}
	return eachChunk(r, make([]byte, chunkSize+tagSize), func(number uint64, data []byte, last bool) error {
		plain, err := aead.Open(data[:0], nonce(number, last), data, nil)
		if err != nil {
			return Tampered{at}
		}
		_, err = w.Write(plain)
		return err
	})
}

// FileKeyID reads the beginning of a sealed file: the id of its key. It fails
// with NotSealed or with the error of r.
func FileKeyID(r io.Reader, at Place) (string, error) {
	head := make([]byte, filePrefix)
	if _, err := io.ReadFull(r, head); err != nil {
		return "", cutShort(err, NotSealed{at})
	}
	id := string(head[len(fileVersion)+1 : filePrefix-1])
	if string(head[:len(fileVersion)+1]) != fileVersion+"." || head[filePrefix-1] != '.' || !isKeyID(id) {
		return "", NotSealed{at}
	}
	return id, nil
}

// cutShort says what it means that a file ends too early; other errors stay.
func cutShort(err, meaning error) error {
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return meaning
	}
	return err
}

func (c *key) fileKey(salt []byte, at Place) (cipher.AEAD, error) {
	raw, err := hkdf.Key(sha256.New, c.file, salt, fileVersion+"."+c.id+"."+at.encode(), keySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(raw)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// nonce of a chunk: three zeros, its number, and 1 if it is the last.
func nonce(number uint64, last bool) []byte {
	n := make([]byte, 12)
	binary.BigEndian.PutUint64(n[3:], number)
	if last {
		n[11] = 1
	}
	return n
}

// eachChunk reads r by buffers and tells which is the last; of an empty r that
// is an empty one.
func eachChunk(r io.Reader, buffer []byte, do func(number uint64, data []byte, last bool) error) error {
	ahead := bufio.NewReaderSize(r, len(buffer))
	for number := uint64(0); ; number++ {
		n, err := io.ReadFull(ahead, buffer)
		if err == nil {
			if _, err = ahead.Peek(1); err == nil {
				if err := do(number, buffer, false); err != nil {
					return err
				}
				continue
			}
		}
		if err := cutShort(err, nil); err != nil {
			return err
		}
		return do(number, buffer[:n], true)
	}
}
