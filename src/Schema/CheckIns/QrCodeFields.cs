using Equaticket.Engine.Cost;
using Equaticket.Persistence.Attendees;
using GraphQL;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;

namespace Equaticket.Schema.CheckIns;

/// <summary>The fields for a ticket's QR code.</summary>
internal static class QrCodeFields
{
    /// <summary>Signing takes about as long as reading a few rows.</summary>
    private const int TextWeight = 5;

    /// <summary>Rendering takes 2 ms; an image is 10 KB. All 100 tickets of an order fit the cost limit.</summary>
    private const int SvgWeight = 100;

    public static void AddQrCode(this ObjectGraphType<Attendee> type)
    {
        type.Field<StringGraphType>("qrText")
            .Description("The signed text of the ticket's QR code, which scanners can verify offline; null "
                + "unless the ticket is valid. Each request signs the text again; all texts of a "
                + "ticket are equally valid.")
            .ResolveAsync(async c => await TextAsync(c))
            .FieldType.HasCost(TextWeight);
        type.Field<StringGraphType>("qrSvg")
            .Description("The QR code as an SVG image; null unless the ticket is valid.")
            .ResolveAsync(async c => await TextAsync(c) is { } text ? QrCode.Svg(text) : null)
            .FieldType.HasCost(SvgWeight);
    }

    private static ValueTask<string?> TextAsync(IResolveFieldContext<Attendee> context) =>
        context.RequestServices!.GetRequiredService<TicketSigner>()
            .QrTextAsync(context.Source, context.CancellationToken);
}
