package storetest

import (
	"fmt"
	"reflect"
	"time"

	"danvan/store"
)

// filler sets every field of a value to something that is not zero and not
// the same as elsewhere, so that a field that a backend forgets, or takes for
// another, cannot hide. Fields that are added later are filled too.
type filler struct {
	n    int
	zone *time.Location
	rest time.Duration // added to every time
}

// filled returns a T with every field set.
func filled[T any](f *filler) T {
	var v T
	f.fill(reflect.ValueOf(&v).Elem())
	return v
}

func (f *filler) fill(v reflect.Value) {
	f.n++
	switch v.Interface().(type) {
	case time.Time:
		t := when.Add(time.Duration(f.n)*time.Hour + f.rest).In(f.zone)
		v.Set(reflect.ValueOf(t))
		return
	case store.Date:
		v.Set(reflect.ValueOf(store.DateOf(when).AddDays(f.n)))
		return
	}

	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.fill(v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		f.fill(v.Index(0))
		f.fill(v.Index(1))
	case reflect.Map:
		f.fillMap(v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem())
	default:
		f.fillScalar(v)
	}
}

func (f *filler) fillMap(v reflect.Value) {
	v.Set(reflect.MakeMap(v.Type()))
	for range 2 {
		k, e := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		f.fill(k)
		f.fill(e)
		v.SetMapIndex(k, e)
	}
}

func (f *filler) fillScalar(v reflect.Value) {
	switch {
	case v.Kind() == reflect.String:
		v.SetString(fmt.Sprintf("đường <%d> & \"hẻm\"", f.n))
	case v.Kind() == reflect.Bool:
		v.SetBool(true)
	case v.CanInt():
		v.SetInt(int64(f.n))
	case v.CanUint():
		v.SetUint(uint64(f.n))
	case v.CanFloat():
		v.SetFloat(float64(f.n))
	default:
		panic("storetest cannot fill a " + v.Type().String())
	}
}

// scribble overwrites everything that a value refers to and that another
// holder of the value would therefore see.
func scribble(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				scribble(v.Field(i))
			}
		}

	case reflect.Slice:
		for i := range v.Len() {
			scribble(v.Index(i))
			v.Index(i).SetZero()
		}
	case reflect.Map:
		v.Clear()
	case reflect.Pointer:
		if !v.IsNil() {
			scribble(v.Elem())
			v.Elem().SetZero()
		}
	}
}

// eachTime calls fn with every time in a value.
func eachTime(v reflect.Value, fn func(time.Time)) {
	if t, ok := v.Interface().(time.Time); ok {
		fn(t)
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			eachTime(v.Field(i), fn)
		}
	case reflect.Slice:
		for i := range v.Len() {
			eachTime(v.Index(i), fn)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			eachTime(v.Elem(), fn)
		}
	}
}
