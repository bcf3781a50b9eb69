import HostModel

/// How C libraries and shells spell an errno.
enum ErrnoWords {
  /// glibc's sentences and musl's in English, then German, French, Spanish, Italian, Portuguese,
  /// Dutch, Polish, Russian, Swedish, Czech, Japanese and Chinese.
  static let sentences: [(errno: ErrorNumber, texts: [String])] = [
    (
      .operationNotPermitted,
      [
        "Operation not permitted", "Die Operation ist nicht erlaubt", "Opération non permise",
        "Operación no permitida", "Operazione non permessa", "Operação não permitida",
        "Actie is niet toegestaan", "Operacja niedozwolona", "Операция не позволена",
        "Operationen inte tillåten", "Operace není povolena", "許可されていない操作です", "不允许的操作",
      ]
    ),
    (
      .noSuchFile,
      [
        "No such file or directory", "Datei oder Verzeichnis nicht gefunden",
        "Aucun fichier ou dossier de ce type", "No existe el fichero o el directorio",
        "File o directory non esistente", "Arquivo ou diretório inexistente",
        "Bestand of map bestaat niet", "Nie ma takiego pliku ani katalogu",
        "Нет такого файла или каталога", "Filen eller katalogen finns inte",
        "Adresář nebo soubor neexistuje", "そのようなファイルやディレクトリはありません", "没有那个文件或目录",
      ]
    ),
    (
      .inputOutput,
      [
        "Input/output error", "I/O error", "Eingabe-/Ausgabefehler", "Erreur d'entrée/sortie",
        "Error de entrada/salida", "Errore di input/output", "Erro de entrada/saída",
        "Invoer-/uitvoerfout", "Błąd wejścia/wyjścia", "Ошибка ввода/вывода", "In/ut-fel",
        "Chyba vstupu/výstupu", "入力/出力エラーです", "输入/输出错误",
      ]
    ),
    (
      .tryAgain,
      [
        "Resource temporarily unavailable", "Die Ressource ist zur Zeit nicht verfügbar",
        "Ressource temporairement non disponible", "Recurso no disponible temporalmente",
        "Risorsa temporaneamente non disponibile", "Recurso temporariamente indisponível",
        "Hulpbron is tijdelijk onbeschikbaar", "Zasoby chwilowo niedostępne",
        "Ресурс временно недоступен", "Resursen tillfälligt otillgänglig",
        "Prostředek je dočasně nepřístupný", "リソースが一時的に利用できません", "资源暂时不可用",
      ]
    ),
    (
      .noMemory,
      [
        "Cannot allocate memory", "Out of memory", "Nicht genügend Hauptspeicher verfügbar",
        "Ne peut allouer de la mémoire", "No se pudo asignar memoria",
        "Impossibile allocare memoria",
        "Não foi possível alocar memória", "Onvoldoende geheugen beschikbaar",
        "Nie można przydzielić pamięci", "Невозможно выделить память", "Kan inte allokera minne",
        "Nelze alokovat paměť", "メモリを確保できません", "无法分配内存",
      ]
    ),
    (
      .permissionDenied,
      [
        "Permission denied", "Access denied", "Keine Berechtigung", "Permission non accordée",
        "Permiso denegado", "Permesso negato", "Permissão negada", "Toegang geweigerd",
        "Brak dostępu", "Отказано в доступе", "Åtkomst nekas", "Operace zamítnuta", "許可がありません",
        "权限不够",
      ]
    ),
    (
      .busy,
      [
        "Device or resource busy", "Resource busy", "Das Gerät oder die Ressource ist belegt",
        "Périphérique ou ressource occupé", "Dispositivo o recurso ocupado",
        "Dispositivo o risorsa occupata", "Dispositivo ou recurso está ocupado",
        "Apparaat of hulpbron is bezig", "Urządzenie lub zasoby zajęte",
        "Устройство или ресурс занято", "Enhet eller resurs upptagen",
        "Zařízení nebo zdroj jsou používány", "デバイスもしくはリソースがビジー状態です", "设备或资源忙",
      ]
    ),
    (
      .exists,
      [
        "File exists", "Die Datei existiert bereits", "Le fichier existe", "El fichero ya existe",
        "File già esistente", "Arquivo existe", "Bestand bestaat al", "Plik istnieje",
        "Файл существует", "Filen existerar", "Soubor již existuje", "ファイルが存在します", "文件已存在",
      ]
    ),
    (
      .noSuchDevice,
      [
        "No such device", "Kein passendes Gerät gefunden", "Aucun périphérique de ce type",
        "No existe el dispositivo", "Nessun device corrisponde", "Dispositivo inexistente",
        "Onjuist apparaat", "Nie ma takiego urządzenia", "Нет такого устройства",
        "Enheten finns inte", "Takové zařízení neexistuje", "そのようなデバイスはありません", "没有那个设备",
      ]
    ),
    (
      .invalid,
      [
        "Invalid argument", "Das Argument ist ungültig", "Argument invalide", "Argumento inválido",
        "Argomento non valido", "Ongeldig argument", "Zły argument", "Недопустимый аргумент",
        "Ogiltigt argument", "Nepřípustný argument", "無効な引数です", "无效的参数",
      ]
    ),
    (
      .readOnly,
      [
        "Read-only file system", "Das Dateisystem ist nur lesbar",
        "Système de fichiers accessible en lecture seulement",
        "Sistema de ficheros de sólo lectura",
        "File system in sola lettura", "Sistema de arquivos somente para leitura",
        "Bestandssysteem is alleen-lezen", "System plików wyłącznie do odczytu",
        "Файловая система доступна только для чтения", "Skrivskyddat filsystem",
        "Systém souborů je pouze pro čtení", "読み込み専用ファイルシステムです", "只读文件系统",
      ]
    ),
    (
      .outOfRange,
      [
        "Numerical result out of range", "Result not representable",
        "Das numerische Ergebnis ist außerhalb des gültigen Bereiches",
        "Le résultat numérique est en dehors de l'intervalle", "Resultado numérico fuera de rango",
        "Risultato numerico fuori dall'intervallo", "Resultado numérico fora de alcance",
        "Numeriek resultaat valt buiten bereik", "Wynik liczbowy poza zakresem",
        "Числовой результат вне представимого диапазона",
        "Numeriskt resultat är utanför giltigt intervall", "Číselný výsledek mimo rozsah",
        "計算結果は範囲外の値です", "数值结果超出范围",
      ]
    ),
  ]

  /// What a shell puts before the errno of a write, in the same languages.
  static let writeErrors = [
    "write error", "Schreibfehler", "erreur d'écriture", "error de escritura",
    "errore di scrittura", "erro de escrita", "schrijffout", "błąd zapisu", "ошибка записи",
    "skrivfel", "chyba zápisu", "書き込みエラー", "写错误",
  ]
}
