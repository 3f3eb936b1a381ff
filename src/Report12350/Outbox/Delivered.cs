using System.Text.Json;
using MediatR;
using Report12350.Domain.Reports;
using Report12350.Domain.Rewards;

namespace Report12350.Outbox;

/// <summary>An event from the outbox, delivered at least once.</summary>
public sealed record Delivered<TEvent>(long Id, TEvent Event) : INotification;

internal static class DeliveredEvents
{
    private static readonly Dictionary<string, Type> Known = new[] { typeof(ReportFiled), typeof(ReportProgressed), typeof(RewardProgressed) }
        .ToDictionary(t => t.Name, StringComparer.Ordinal);

    public static INotification Read(OutboxMessage message)
    {
        if (!Known.TryGetValue(message.Type, out var type))
            throw new InvalidOperationException($"No event is called {message.Type}.");
        var raised = JsonSerializer.Deserialize(message.Content, type)!;
        return (INotification)Activator.CreateInstance(typeof(Delivered<>).MakeGenericType(type), message.Id, raised)!;
    }
}
