using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Report12350.Evidence;
using Report12350.Intake;

namespace Report12350.Messaging;

/// <summary>Registers MediatR 5.1.0 by hand: handlers and validators by their interface, behaviours outermost first.</summary>
public static class MessagingSetup
{
    private static readonly Type[] Found = [typeof(IRequestHandler<,>), typeof(INotificationHandler<>), typeof(IValidator<>)];

    public static IServiceCollection AddMessaging(this IServiceCollection services, params IReadOnlyList<System.Reflection.Assembly> assemblies)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetService!);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(LoggingBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ReporterBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(PermissionBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(StepUpBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(AuditBehaviour<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(FilesTakenAwayBehaviour<,>));
        services.AddScoped<IPipelineBehavior<FileReport, FiledReport>, ReceiptAtHand>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehaviour<,>));
        foreach (var type in assemblies.Append(typeof(MessagingSetup).Assembly).Distinct().SelectMany(a => a.GetTypes()).Where(IsConcrete))
        {
            foreach (var contract in type.GetInterfaces().Where(i => i.IsGenericType && Found.Contains(i.GetGenericTypeDefinition())))
                services.AddTransient(contract, type);
        }

        return services;
    }

    private static bool IsConcrete(Type type) => type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false };
}
