# language: vi
Tính năng: Soát hương ước, quy ước
  Để sửa những điều trái nguyên tắc bình đẳng giới trước khi công nhận,
  cán bộ tư pháp xã đưa bản quy ước vào chương trình
  và nhận lại từng chỗ cần xem, kèm vị trí và căn cứ pháp luật.

  Tình huống: Chỉ ra khoản loại con gái khỏi việc chia đất
    Biết bản quy ước "ban-a.txt" có Điều 6 khoản 2 là "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ."
    Khi cán bộ soát "ban-a.txt"
    Thì có phát hiện nhóm "HU-PROP" mức "S4" tại Điều 6 khoản 2
    Và phát hiện ấy trích đúng nguyên văn và nêu căn cứ ở luật "73/2006/QH11"
    Và mã thoát là 1

  Tình huống: Im lặng trước điều khoản cấm phân biệt
    Biết bản quy ước "ban-b.txt" có Điều 6 khoản 2 là "Nghiêm cấm phân biệt con trai, con gái trong chia đất, chia tài sản thừa kế."
    Khi cán bộ soát "ban-b.txt"
    Thì "ban-b.txt" không có phát hiện nào về giới
    Và mã thoát là 0

  Tình huống: Một tệp không đọc được không làm dừng các tệp khác
    Biết bản quy ước "ban-a.txt" có Điều 6 khoản 2 là "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ."
    Và tệp rỗng "ban-c.txt"
    Khi cán bộ soát cả thư mục
    Thì "ban-c.txt" được báo là không đọc được với mã "GA201" và lời hướng dẫn
    Và có phát hiện nhóm "HU-PROP" mức "S4" tại Điều 6 khoản 2
    Và mã thoát là 3

  Tình huống: Đọc tệp Word cũ gõ bằng phông .VnTime
    Biết tệp Word 97 "ban-cu.doc" gõ bằng phông ".VnTime" có Điều 6 khoản 2 là "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ."
    Khi cán bộ soát "ban-cu.doc"
    Thì có phát hiện nhóm "HU-PROP" mức "S4" tại Điều 6 khoản 2
    Và phát hiện ấy trích đúng nguyên văn và nêu căn cứ ở luật "73/2006/QH11"
    Và bản ghi của "ban-cu.doc" cho biết bảng mã "tcvn3"
    Và mã thoát là 1

  Khung tình huống: Mã thoát theo mức cán bộ đặt
    Biết bản quy ước "ban-a.txt" có Điều 6 khoản 2 là "Con gái đã lấy chồng không được chia đất của cha mẹ đẻ."
    Khi cán bộ soát "ban-a.txt" với "<tham số>"
    Thì mã thoát là <mã>

    Dữ liệu:
      | tham số             | mã |
      | --fail-on S4        | 1  |
      | --fail-on S1        | 1  |
      | --fail-on never     | 0  |
      | --fail-on rất-nặng  | 2  |

  Tình huống: Đường dẫn không có
    Khi cán bộ soát "khong-co.txt"
    Thì "khong-co.txt" được báo là không đọc được với mã "GA202" và lời hướng dẫn
    Và mã thoát là 3

  Tình huống: Chép nguyên văn luật chỉ là thông tin cho người soạn
    Biết bản quy ước "ban-d.txt" có Điều 6 khoản 2 là "Con trai, con gái được gia đình chăm sóc, giáo dục và tạo điều kiện như nhau để học tập, lao động, vui chơi, giải trí và phát triển."
    Khi cán bộ soát "ban-d.txt"
    Thì "ban-d.txt" không có phát hiện nào về giới
    Và có phát hiện nhóm "HU-COPY" mức "S4x" tại Điều 6 khoản 2
    Và mã thoát là 0
