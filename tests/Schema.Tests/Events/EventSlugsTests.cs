using System.Text.RegularExpressions;
using CsCheck;
using Equaticket.Schema.Events;

namespace Equaticket.Schema.Tests.Events;

public sealed class EventSlugsTests
{
    [Theory]
    [InlineData("Harbour Jazz Night", "harbour-jazz-night")]
    [InlineData("  Trim -- me!  ", "trim-me")]
    [InlineData("Käse & Wein über Fürth", "kase-wein-uber-furth")]
    [InlineData("東京", "dongjing")]
    [InlineData("Привет", "privet")]
    [InlineData("100% Vinyl", "100-vinyl")]
    [InlineData("!!!", "event")]
    [InlineData("---", "event")]
    [InlineData("\u200B", "event")]
    public void A_title_becomes_ascii(string title, string slug) =>
        Assert.Equal(slug, EventSlugs.FromTitle(title));

    [Fact]
    public void A_long_title_is_cut_to_100_characters() =>
        Assert.Equal(new string('a', 100), EventSlugs.FromTitle(new string('a', 150)));

    [Fact]
    public void A_cut_leaves_no_hyphen_at_the_end() =>
        Assert.Equal(new string('a', 99), EventSlugs.FromTitle(new string('a', 99) + " b"));

    [Fact]
    public void Every_title_gives_a_slug_that_the_database_accepts() =>
        Gen.String.Sample(title => Regex.IsMatch(
            EventSlugs.FromTitle(title), "^(?=.{1,100}$)[a-z0-9]+(-+[a-z0-9]+)*$"));
}
