using System.Net;
using System.Text;
using System.Text.Unicode;
using Equaticket.Engine.Errors;
using Equaticket.Engine.Input;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Equaticket.RestFacade.Binding;

/// <summary>Rules for all text in a query string.</summary>
public static class QueryText
{
    /// <summary>Rejects escapes that are not UTF-8, which would otherwise be kept as literal text.</summary>
    /// <exception cref="ApiError">A name or value contains one.</exception>
    public static void RequireUtf8(HttpRequest request)
    {
        var query = request.QueryString.Value ?? "";
        if (!query.Contains('%', StringComparison.Ordinal))
            return;
        foreach (var pair in new QueryStringEnumerable(query))
        {
            if (!IsUtf8(pair.EncodedName) || !IsUtf8(pair.EncodedValue))
                throw ApiError.Validation($"{pair.DecodeName()}", TextRules.Unsound);
        }
    }

    private static bool IsUtf8(ReadOnlyMemory<char> encoded)
    {
        var bytes = Encoding.UTF8.GetBytes([.. encoded.Span]);
        return Utf8.IsValid(WebUtility.UrlDecodeToBytes(bytes, 0, bytes.Length));
    }
}
