using CsCheck;
using Equaticket.Engine.Scalars;

namespace Equaticket.Schema.Tests.Scalars;

public sealed class Rfc3339Tests
{
    [Theory]
    [InlineData("2026-09-15T18:00:00Z", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15t18:00:00z", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15T20:00:00+02:00", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15T12:30:00-05:30", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15T18:00:00+00:00", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15T18:00:00-00:00", "2026-09-15T18:00:00.000000Z")]
    [InlineData("2026-09-15T18:00:00.1Z", "2026-09-15T18:00:00.100000Z")]
    [InlineData("2026-09-15T18:00:00.123456Z", "2026-09-15T18:00:00.123456Z")]
    [InlineData("2026-09-15T18:00:00.123456789Z", "2026-09-15T18:00:00.123456Z")]
    [InlineData("2026-09-15T18:00:00.999999999+14:00", "2026-09-15T04:00:00.999999Z")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z")]
    [InlineData("1900-01-01T00:00:00Z", "1900-01-01T00:00:00.000000Z")]
    [InlineData("1900-01-01T01:00:00+01:00", "1900-01-01T00:00:00.000000Z")]
    [InlineData("9998-12-31T23:59:59.999999Z", "9998-12-31T23:59:59.999999Z")]
    public void A_time_with_an_offset_is_read_to_the_microsecond(string text, string utc)
    {
        Assert.True(Rfc3339.TryRead(text, out var time));
        Assert.Equal(utc, Rfc3339.WriteMicroseconds(time));
        Assert.Equal(TimeSpan.Zero, time.Offset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026-09-15")]
    [InlineData("2026-09-15T18:00:00")]
    [InlineData("2026-09-15T18:00:00.000")]
    [InlineData("2026-09-15T18:00Z")]
    [InlineData("2026-09-15 18:00:00Z")]
    [InlineData("2026-09-15T18:00:00.Z")]
    [InlineData("2026-09-15T18:00:00.1234567890Z")]
    [InlineData("2026-09-15T18:00:00,5Z")]
    [InlineData("2026-09-15T18:00:00+0200")]
    [InlineData("2026-09-15T18:00:00+02")]
    [InlineData("2026-09-15T18:00:00+2:00")]
    [InlineData("2026-09-15T18:00:00.0+200")]
    [InlineData("2026-09-15T18:00:00+02:0")]
    [InlineData("2026-09-15T18:00:00+02:60")]
    [InlineData("2026-09-15T18:00:00+02:000")]
    [InlineData("2026-09-15T18:00:00+15:00")]
    [InlineData("2026-09-15T18:00:00 Z")]
    [InlineData(" 2026-09-15T18:00:00Z")]
    [InlineData("2026-09-15T24:00:00Z")]
    [InlineData("2026-09-15T18:60:00Z")]
    [InlineData("2026-02-29T18:00:00Z")]
    [InlineData("2026-13-01T18:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("1899-12-31T23:59:59.999999Z")]
    [InlineData("1900-01-01T00:00:00+01:00")]
    [InlineData("9998-12-31T23:59:59-01:00")]
    [InlineData("9999-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("１９９９-09-15T18:00:00Z")]
    [InlineData("Tue, 15 Sep 2026 18:00:00 GMT")]
    [InlineData("1789495200")]
    public void Anything_else_is_refused(string text) =>
        Assert.False(Rfc3339.TryRead(text, out _), text);

    /// <summary>System clocks don't count leap seconds, and no event starts in one.</summary>
    [Theory]
    [InlineData("2016-12-31T23:59:60Z")]
    [InlineData("2016-12-31T23:59:60.5Z")]
    [InlineData("2017-01-01T00:59:60+01:00")]
    public void A_leap_second_is_refused(string text) =>
        Assert.False(Rfc3339.TryRead(text, out _), text);

    [Fact]
    public void A_formatted_time_can_be_parsed() =>
        Gen.DateTime[new(1900, 1, 1), new(9998, 12, 31)].Sample(date =>
            new DateTimeOffset(date.Ticks, TimeSpan.Zero) is var time
            && Rfc3339.TryRead(Rfc3339.WriteMicroseconds(time), out var read)
            && read.UtcTicks == time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMicrosecond));

    [Fact]
    public void It_never_throws_on_any_text() =>
        Gen.String.Sample(text => { Rfc3339.TryRead(text, out _); });
}
