using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Equaticket.Persistence.Team;

namespace Equaticket.Schema.Tests.CheckIns;

/// <summary>QR texts as an offline scanner reads them.</summary>
public sealed class QrTextTests : ApiTest
{
    [Fact]
    public async Task A_qr_text_is_verified_with_only_the_public_key()
    {
        var sold = await Org.Live.SellAsync(Host);
        var key = await KeyAsync();
        var parts = (await Host.QrTextsAsync(sold.CheckoutToken))[sold.Codes[0]].Split('.');
        Assert.Equal(5, parts.Length);
        Assert.Equal(("EQ1", key["keyId"].Text()), (parts[0], parts[1]));
        Assert.Equal(sold.EventId, Id(parts[2]));
        Assert.Equal(await Host.TicketIdAsync(sold.Codes[0]), Id(parts[3]));

        using var pem = ECDsa.Create();
        pem.ImportFromPem(key["publicKeyPem"].Text());
        using var jwk = ECDsa.Create(Parameters(key["publicKeyJwk"]!));
        Assert.All([pem, jwk], ecdsa => Assert.True(Verify(ecdsa, parts)));
        parts[3] = parts[2];
        Assert.False(Verify(pem, parts));
    }

    [Fact]
    public async Task Two_hosts_that_need_a_key_concurrently_agree_on_one()
    {
        var (scanner, hosts) = (await Org.SignInAsync(Role.CheckInOnly), new List<TestHost>());
        for (var count = 0; count < 2; count++)
            hosts.Add(await TestHost.StartAsync(Host.ConnectionString));
        var keys = await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            var client = new SessionClient(
                hosts[number % 2].Http, scanner.UserId, Org.Organization.Id, livemode: true);
            return (await client.GraphQLAsync("{ checkInKeys { id } }"))
                .Data()["checkInKeys"]![0]!["id"].Text();
        }));
        foreach (var host in hosts)
            await host.DisposeAsync();
        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task Live_and_test_mode_have_separate_keys()
    {
        var test = await Org.SignInAsync(Role.CheckInOnly, livemode: false);
        var testKey = await test.GraphQLAsync("{ checkInKeys { id } }");
        Assert.NotEqual(
            (await KeyAsync())["id"].Text(), testKey.Data()["checkInKeys"]![0]!["id"].Text());
    }

    [Fact]
    public async Task Forged_qr_texts_are_not_found()
    {
        var other = await Host.CreateOrganizationAsync();
        var sold = await Org.Live.SellAsync(Host);
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var text = (await Host.QrTextsAsync(sold.CheckoutToken))[sold.Codes[0]];
        var strange = (await Host.QrTextsAsync((await other.Live.SellAsync(Host)).CheckoutToken))
            .Values.Single();
        string[] forged =
        [
            strange,
            text[..^1],
            $"{text}A",
            $"{text[..^3]}AAA",
            $"EQ2{text[3..]}",
            $"{text}.",
            text.Replace('.', ' '),
            string.Join('.', [.. text.Split('.')[..4], strange.Split('.')[4]]),
            string.Join('.', [.. text.Split('.')[..3], text.Split('.')[2], text.Split('.')[4]]),
            "EQ1....",
            new string('A', 400),
        ];
        foreach (var scan in forged)
        {
            var result = await scanner.CheckInAsync(new { qrText = scan });
            Assert.Equal((scan, "NOT_FOUND"), (scan, result["outcome"].Text()));
        }

        var honest = await scanner.CheckInAsync(new { qrText = text });
        Assert.Equal("ACCEPTED", honest["outcome"].Text());
    }

    [Fact]
    public async Task A_qr_code_is_an_svg_image_and_a_refunded_ticket_has_none()
    {
        var sold = await Org.Live.SellAsync(Host);
        var svg = (await ReadAsync(sold))["qrSvg"].Text();
        Assert.StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=", svg, StringComparison.Ordinal);
        await Host.ExecuteSqlAsync(
            "UPDATE attendees SET status = 'refunded' WHERE ticket_code = $1", sold.Codes[0]);
        var refunded = await ReadAsync(sold);
        Assert.Null(refunded["qrText"]);
        Assert.Null(refunded["qrSvg"]);
    }

    [Fact]
    public async Task The_private_half_of_a_key_is_stored_encrypted()
    {
        await KeyAsync();
        var stored = (await Host.QuerySqlAsync<byte[]>(
            "SELECT private_key FROM check_in_keys WHERE organization_id = $1",
            Org.Organization.Id)).Single();
        using var key = ECDsa.Create();
        Assert.Throws<CryptographicException>(() => key.ImportPkcs8PrivateKey(stored, out _));
    }

    private async Task<JsonNode> ReadAsync(SoldEvent sold) =>
        (await Host.AskAsync(
            "query ($token: String!) { checkoutStatus(token: $token) { tickets { qrText qrSvg } } }",
            new { token = sold.CheckoutToken })).Data()["checkoutStatus"]!["tickets"]![0]!;

    private async Task<JsonNode> KeyAsync()
    {
        var scanner = await Org.SignInAsync(Role.CheckInOnly);
        var keys = await scanner.GraphQLAsync(
            "{ checkInKeys { id keyId publicKeyPem publicKeyJwk { kty crv alg use kid x y } } }");
        return Assert.Single(keys.Data()["checkInKeys"]!.AsArray())!;
    }

    private static bool Verify(ECDsa key, string[] parts) => key.VerifyData(
        Encoding.ASCII.GetBytes(string.Join('.', parts[..4])),
        Base64Url.DecodeFromChars(parts[4]), HashAlgorithmName.SHA256);

    private static ECParameters Parameters(JsonNode jwk) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint
        {
            X = Base64Url.DecodeFromChars(jwk["x"].Text()),
            Y = Base64Url.DecodeFromChars(jwk["y"].Text()),
        },
    };

    private static string Id(string part) =>
        new Guid(Base64Url.DecodeFromChars(part), bigEndian: true).ToString();
}
