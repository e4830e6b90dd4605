package main

import (
	"embed"
	"errors"
	"io/fs"
	"runtime/debug"
	"strings"

	"github.com/alecthomas/kong"
)

// licenses are those of what the program is made of, a file for each module, its
// path with + for /.
//
//go:embed licenses
var licenses embed.FS

// licensesCommand prints them.
type licensesCommand struct{}

// Run prints every license, its module above it.
func (licensesCommand) Run(k *kong.Context) error {
	return fs.WalkDir(licenses, "licenses", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := licenses.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.ReplaceAll(strings.TrimSuffix(d.Name(), ".txt"), "+", "/")
		tell(k.Stdout, "== "+name+"\n\n"+strings.TrimRight(string(text), "\n")+"\n")
		return nil
	})
}

// versionCommand says what this program is.
type versionCommand struct{}

// Run prints the version as Go wrote it into the program, and what it was built of
// and with.
func (versionCommand) Run(k *kong.Context) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return errors.New("this program was built so that it cannot say what it is")
	}
	line := "danvan " + info.Main.Version
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision", s.Key == "vcs.time":
			line += " " + s.Value
		case s.Key == "vcs.modified" && s.Value == "true":
			line += " (changed)"
		}
	}
	tell(k.Stdout, line+" "+info.GoVersion)
	return nil
}
