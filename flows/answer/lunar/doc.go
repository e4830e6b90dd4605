// Package lunar converts between the civil calendar and the Vietnamese lunar
// calendar (âm lịch).
//
// Officers speak of mùng 10 tháng giêng and rằm tháng bảy, and public holidays
// hang on the lunar year. The calendar is computed from astronomy, not from a
// table: a month begins on the day of the new moon, the month of the winter
// solstice is the eleventh, and where thirteen months fit between two such
// months the first of them in which the sun enters no new twelfth of its path
// repeats the number before it.
//
// Every instant is taken at UTC+7. A library made for China (UTC+8) is a day or
// even a month off in some years: Tết 2030 is on 2 February here, on 3 February
// there.
//
// The formulae for the new moon and for the sun's longitude are those of Jean
// Meeus, Astronomical Algorithms, chapters 49 and 25. They err by seconds and
// by a quarter of an hour. From 1976, the year since which all of Vietnam has
// kept UTC+7, to 2071 no new moon falls within 54 seconds of midnight, and only
// one solar term that matters within 25 minutes of it: the equinox that ends 22
// September 2033, at 23:51 by the published almanacs and here. Outside those
// years a month may be a day off.
package lunar
