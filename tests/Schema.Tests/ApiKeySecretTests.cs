using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Equaticket.Schema.ApiKeys;

namespace Equaticket.Schema.Tests;

public sealed class ApiKeySecretTests
{
    /// <summary>
    /// A test vector for scanners that look for leaked keys: the CRC-32 (IEEE) of the first 40 characters is
    /// 0xC4BB4A6E, encoded in base 62 with the digits 0-9 A-Z a-z.
    /// </summary>
    private const string Vector = "sk_test_0123456789ABCDEFGHIJKLMNOPQRSTUV";

    [Fact]
    public void The_documented_vector_is_a_key()
    {
        Assert.True(ApiKeySecret.TryParse(Vector + "3bN14w", out var secret));
        Assert.False(secret.Livemode);
        Assert.Equal("sk_test_", secret.Prefix);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(secret.Text)), secret.Hash);
    }

    [Theory]
    [InlineData(true, "sk_live_")]
    [InlineData(false, "sk_test_")]
    public void A_new_key_is_well_formed_and_shows_its_mode(bool livemode, string prefix)
    {
        var created = ApiKeySecret.Create(livemode);
        Assert.Matches($"^{prefix}[0-9A-Za-z]{{38}}$", created.Text);
        Assert.True(ApiKeySecret.TryParse(created.Text, out var parsed));
        Assert.Equal(livemode, parsed.Livemode);
        Assert.Equal(created.Text[^4..], parsed.LastFour);
        Assert.Equal(created.Hash, parsed.Hash);
    }

    [Fact]
    public void Any_single_changed_character_breaks_the_checksum() =>
        Gen.Select(Gen.Int[8, 45], Gen.Char.AlphaNumeric).Sample((index, character) =>
        {
            var text = ApiKeySecret.Create(livemode: true).Text.ToCharArray();
            var isSame = text[index] == character;
            text[index] = character;
            return ApiKeySecret.TryParse(new string(text), out _) == isSame;
        });

    [Theory]
    [InlineData("")]
    [InlineData("sk_live_")]
    [InlineData("sk_prod_0123456789ABCDEFGHIJKLMNOPQRSTUV000000")]
    [InlineData("sk_test_0123456789ABCDEFGHIJKLMNOPQRSTUV")]
    [InlineData("sk_test_0123456789ABCDEFGHIJKLMNOPQRSTÜV000000")]
    public void Other_text_is_not_a_key(string text) =>
        Assert.False(ApiKeySecret.TryParse(text, out _));

    [Fact]
    public void The_checksum_depends_on_the_mode()
    {
        var live = ApiKeySecret.Create(livemode: true).Text;
        Assert.False(ApiKeySecret.TryParse("sk_test_" + live[8..], out _));
    }
}
