using QRCoder;

namespace Equaticket.Schema.CheckIns;

/// <summary>Renders QR codes with 15% error correction, so that a creased printout remains readable.</summary>
internal static class QrCode
{
    private const int PixelsPerModule = 6;

    /// <returns>An SVG image without a fixed size.</returns>
    public static string Svg(string text)
    {
        using var code = Encode(text);
        using var drawing = new SvgQRCode(code);
        return drawing.GetGraphic(
            pixelsPerModule: 1, "#000", "#fff", drawQuietZones: true,
            SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    public static byte[] Png(string text)
    {
        using var code = Encode(text);
        using var drawing = new PngByteQRCode(code);
        return drawing.GetGraphic(PixelsPerModule);
    }

    private static QRCodeData Encode(string text) =>
        QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
}
