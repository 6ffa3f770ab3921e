using System.Text;
using System.Text.Json;
using Equaticket.Engine.Documents;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Equaticket.Engine.Paging;
using Equaticket.Engine.Scalars;
using Equaticket.Host.GraphQL;
using Equaticket.Http;
using Equaticket.RestFacade.Binding;
using Equaticket.Schema;
using Equaticket.Schema.ApiKeys;
using Equaticket.Schema.CheckIns;
using Equaticket.Schema.Execution;
using Equaticket.Schema.Money;
using Equaticket.Schema.Orders;
using Equaticket.Schema.Webhooks;
using Equaticket.Schema.Webhooks.Addresses;
using Equaticket.Schema.Webhooks.Feed;
using Equaticket.Testing.Webhooks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Equaticket.Host.Tests.Fuzzing;

/// <summary>
/// The parsers of external text. Each one rejects an input as documented, or returns a value that is the same after it
/// is written and parsed again. Anything else, such as another exception, is a bug.
/// </summary>
internal static class FuzzTargets
{
    private static readonly EndpointRules Rules = new(Options.Create(new WebhookOptions()));

    private static readonly TextFormat[] Texts =
        [TextFormats.Email, TextFormats.Slug, TextFormats.Timezone, TextFormats.Currency];

    public static IReadOnlyDictionary<string, Action<string>> All { get; } = new Dictionary<string, Action<string>>
    {
        ["cursors"] = Cursors,
        ["api-keys"] = text => Require(!ApiKeySecret.TryParse(text, out var key) || key.Text == text),
        ["bodies"] = Bodies,
        ["documents"] = Documents,
        ["addresses"] = Addresses,
        ["qr-texts"] = text => Require(
            QrText.Read(text) is not var (said, signature) || said.Sign(_ => signature) == text),
        ["times"] = Times,
        ["idempotency-keys"] = IdempotencyKeys,
        ["tags"] = Tags,
        ["media-types"] = Media,
        ["positions"] = text => Require(
            !StreamPosition.TryParse(text, out var position)
            || (StreamPosition.TryParse(position.ToString(), out var same) && same == position)),
        ["queries"] = text => Allow(() => QueryText.RequireUtf8(Request(http => http.QueryString = new($"?{text}")))),
        ["formats"] = Formats,
    };

    /// <summary>Cursors encode their text in base64, so some inputs are encoded too.</summary>
    private static void Cursors(string text)
    {
        foreach (var given in (string[])[text, Convert.ToBase64String(Encoding.UTF8.GetBytes(text))])
        {
            if (Cursor.TryDecode(given, out var cursor))
                Require(Cursor.TryDecode(cursor.Encode(), out var same) && same == cursor);
        }
    }

    private static void Times(string text)
    {
        if (Rfc3339.TryRead(text, out var time))
            Require(Rfc3339.TryRead(Rfc3339.WriteMicroseconds(time), out var same) && same == time);
    }

    private static void Bodies(string text) => Allow(() =>
    {
        using var body = RequestBody.Parse(Encoding.UTF8.GetBytes(text));
        if (body is null)
            return;
        try
        {
            var canonical = CanonicalJson.Write(body.RootElement);
            using var again = JsonDocument.Parse(canonical);
            Require(CanonicalJson.Write(again.RootElement) == canonical);
            GraphQLRequest.Read(body.RootElement);
        }
        catch (InvalidOperationException)
        {
            // Both doors refuse unpaired surrogates, which System.Text.Json finds only when it reads a string.
            Require(text.Contains("\\u", StringComparison.Ordinal));
        }
    });

    private static void Documents(string text) => Allow(() =>
    {
        DocumentBounds.CheckLength(text);
        DocumentBounds.Check(DocumentCheck.Parse(text));
    });

    private static void Addresses(string text)
    {
        var guard = new EndpointGuard(Rules, new ScriptedResolver());
        Allow(() =>
        {
            var kept = guard.RequireAsync(text, CancellationToken.None).GetAwaiter().GetResult();
            Require(guard.RequireAsync(kept, CancellationToken.None).GetAwaiter().GetResult() == kept);
            Require(kept.All(char.IsAscii) && guard.Read(kept).IsAbsoluteUri);
        });
    }

    private static void IdempotencyKeys(string text)
    {
        foreach (var isShared in (bool[])[false, true])
        {
            Allow(() => Require(
                WriteClaim.Of(WriteClaim.ReadKey([text], isShared)!, text).KeyHash.Length == 32));
        }
    }

    private static void Tags(string text)
    {
        var request = Request(http => (http.Headers.IfMatch, http.Headers.IfNoneMatch) = (text, text));
        EntityTags.ExpectedVersions(request)?.ForEach(version => Require(version is >= 0));
        EntityTags.ExpectsWeak(request);
        KnownTags.Contain(request, "\"1-0123456789abcdef\"");
    }

    private static void Media(string text)
    {
        var request = Request(http =>
        {
            (http.Headers.Accept, http.ContentType) = (text, text);
            (http.Body, http.ContentLength) = (new MemoryStream("{}"u8.ToArray()), 2);
        });
        Require(MediaTypes.OfAnswer(request) is MediaTypes.Json or MediaTypes.GraphQLJson);
        Require(!MediaTypes.WantsPage(request) || !MediaTypes.WantsStream(request) || MediaTypes.TakesStream(request));
        Allow(() => RequestBody.ReadAsync(request, CancellationToken.None).GetAwaiter().GetResult());
    }

    private static void Formats(string text)
    {
        foreach (var format in Texts)
            Allow(() => new TextRule((0, 200), format).Require(text, "text"));
        Allow(() => new TextRule((1, 100), IsMultiline: true).Require(text, "text"));
        if (MoneyText.TryRead(text, "eur", out var amount))
            Require(MoneyText.TryRead(MoneyText.Number(amount, "eur"), "eur", out var same) && same == amount);
        Require(OrderNumbers.Read(text) is 0 or > 0);
        Require(Ids.Read(text) == Ids.Malformed || Guid.TryParse(text, out _));
    }

    private static HttpRequest Request(Action<HttpRequest> fill)
    {
        var http = new DefaultHttpContext();
        fill(http.Request);
        return http.Request;
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidDataException("The text does not read the same when it is written and read again.");
    }

    /// <summary>Ignores documented rejections.</summary>
    private static void Allow(Action action)
    {
        try
        {
            action();
        }
        catch (Exception refusal) when (refusal is ApiError or InvalidInputException)
        {
            // The caller gets a 4xx.
        }
    }
}
