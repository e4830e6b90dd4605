// Package backup keeps copies of a store, for other people's eyes encrypted, of
// which it is known that they restore: every copy was read again from its file
// before it counts.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"danvan/store/bolt"
)

// Ending is what the name of an encrypted backup ends with.
const Ending = ".age"

// ErrRecipients says that nobody was named who may read an encrypted backup.
var ErrRecipients = errors.New("nobody is named to whom the backup is encrypted")

// Recipients reads the public keys ("age1…") of who may read backups.
func Recipients(keys []string) ([]age.Recipient, error) {
	var out []age.Recipient
	for _, key := range keys {
		r, err := age.ParseX25519Recipient(strings.TrimSpace(key))
		if err != nil {
			return nil, fmt.Errorf("the recipient %q: %w", key, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// Make backs a store up to a new file, once the copy was read again as Restore
// would. A name that ends in Ending is encrypted to the recipients.
func Make(ctx context.Context, s *bolt.Store, path string, to []age.Recipient) (is bolt.Holdings, err error) {
	sealed := strings.HasSuffix(path, Ending)
	if sealed && len(to) == 0 {
		return is, ErrRecipients
	}
	if err := whereNone(path); err != nil {
		return is, err
	}

	copied := path + ".unchecked"
	if err := remove(copied); err != nil { // of a process that died
		return is, err
	}
	defer func() { _ = remove(copied) }()
	if err = s.Backup(ctx, copied); err == nil {
		is, err = bolt.Check(copied)
	}

	switch {
	case err != nil:
	case sealed:
		err = seal(path, copied, to)
	default:
		err = os.Rename(copied, path)
	}
	return is, err
}

func whereNone(path string) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s: %w", path, fs.ErrExist)
	}
	return nil
}

// remove removes a file, if there is one.
func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// seal encrypts a file to a new one.
func seal(path, plain string, to []age.Recipient) error {
	return whole(path, func(f *os.File) error {
		from, err := os.Open(plain)
		if err != nil {
			return err
		}
		defer func() { _ = from.Close() }() // it was only read

		w, err := age.Encrypt(f, to...)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, from)
		return errors.Join(err, w.Close())
	})
}

// Restore makes a store of a backup that is whole, where there is none. A backup
// that is encrypted is opened with the identities of a file, as age-keygen writes
// it.
func Restore(backup, identities, path string) (bolt.Holdings, error) {
	if !strings.HasSuffix(backup, Ending) {
		return bolt.Restore(backup, path)
	}
	if err := whereNone(path); err != nil { // before everything is decrypted
		return bolt.Holdings{}, err
	}

	plain := path + ".restored"
	if err := remove(plain); err != nil {
		return bolt.Holdings{}, err
	}
	defer func() { _ = remove(plain) }()
	if err := open(backup, identities, plain); err != nil {
		return bolt.Holdings{}, fmt.Errorf("decrypt %s: %w", backup, err)
	}
	return bolt.Restore(plain, path)
}

// open decrypts a file to a new one.
func open(backup, identities, plain string) error {
	keys, err := os.Open(identities)
	if err != nil {
		return err
	}
	defer func() { _ = keys.Close() }() // it was only read
	who, err := age.ParseIdentities(keys)
	if err != nil {
		return err
	}

	from, err := os.Open(backup)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	r, err := age.Decrypt(from, who...)
	if err != nil {
		return err
	}
	return whole(plain, func(f *os.File) error {
		_, err := io.Copy(f, r)
		return err
	})
}

// whole makes a new file, readable by its owner alone, that is whole or not there.
func whole(path string, write func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(f.Name()) }() // it is gone where all went well
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
