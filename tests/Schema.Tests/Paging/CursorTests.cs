using System.Text;
using CsCheck;
using Equaticket.Engine.Paging;

namespace Equaticket.Schema.Tests.Paging;

public sealed class CursorTests
{
    private const string Id = "0199d0f0-0000-7000-8000-000000000001";

    [Fact]
    public void A_cursor_is_base64_of_json_with_created_at_and_id()
    {
        var cursor = new Cursor(
            new DateTimeOffset(2026, 9, 15, 20, 0, 0, 123, 456, TimeSpan.FromHours(2)), Guid.Parse(Id));
        Assert.Equal(
            $$"""{"created_at":"2026-09-15T18:00:00.123456Z","id":"{{Id}}"}""",
            Encoding.ASCII.GetString(Convert.FromBase64String(cursor.Encode())));
    }

    [Fact]
    public void Every_cursor_round_trips_with_its_microseconds() =>
        Gen.Select(Gen.Long[0, 253_370_764_799_999_999], Gen.Guid).Sample((microseconds, id) =>
        {
            var cursor = new Cursor(DateTimeOffset.UnixEpoch.AddTicks(microseconds * 10), id);
            return Cursor.TryDecode(cursor.Encode(), out var read) && read == cursor;
        });

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"created_at":"2026-09-15T18:00:00Z"}""")]
    [InlineData($$"""{"id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":"2026-09-15T18:00:00","id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":"1899-12-31T23:59:59Z","id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":"9999-01-01T00:00:00Z","id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":1,"id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":null,"id":"{{Id}}"}""")]
    [InlineData("""{"created_at":"2026-09-15T18:00:00Z","id":"x"}""")]
    [InlineData($$"""{"created_at":"2026-09-15T18:00:00Z","id":"{{Id}}","more":1}""")]
    [InlineData($$"""{"created_at":"2026-09-15T18:00:00Z","id":"{{Id}}","id":"{{Id}}"}""")]
    [InlineData($$"""{"created_at":"2026-09-15T18:00:00Z","id":"{{Id}}"} x""")]
    [InlineData("""{"created_at":"\ud800","id":"\udfff"}""")]
    public void Other_json_is_not_a_cursor(string json) =>
        Assert.False(Cursor.TryDecode(Convert.ToBase64String(Encoding.UTF8.GetBytes(json)), out _));

    [Fact]
    public void It_never_throws_on_any_text() =>
        Gen.String.Sample(text => { Cursor.TryDecode(text, out _); });

    [Fact]
    public void It_never_throws_on_any_bytes() =>
        Gen.Byte.Array[0, 300].Sample(
            bytes => { Cursor.TryDecode(Convert.ToBase64String(bytes), out _); });
}
