using System.Text;

namespace Equaticket.Schema.Webhooks.Sending;

/// <summary>Reads only the start of an endpoint's response.</summary>
internal static class AnswerExcerpt
{
    private const int MaxBytes = 1_024;

    /// <returns>The first 1 KiB as text, without U+0000; null if empty.</returns>
    public static async Task<string?> ReadAsync(
        HttpContent content, CancellationToken cancellationToken)
    {
        var buffer = new byte[MaxBytes];
        var length = 0;
        try
        {
            await using var body = await content.ReadAsStreamAsync(cancellationToken);
            length = await body.ReadAtLeastAsync(
                buffer, MaxBytes, throwOnEndOfStream: false, cancellationToken);
        }
        catch (Exception fault) when (fault is IOException or HttpRequestException
            or OperationCanceledException)
        {
            // Only the status counts. A body that is cut off or never ends is not stored.
        }

        // Omits a truncated character instead of showing it broken.
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new char[MaxBytes];
        var characters = decoder.GetChars(buffer.AsSpan(0, length), text, flush: length < MaxBytes);
        return characters == 0
            ? null
            : new string(text, 0, characters).Replace("\0", "", StringComparison.Ordinal);
    }
}
